-- Creates a group, also on a Redis whose memory is full: without the group nobody could acknowledge anything, and
-- nothing would ever be trimmed.
--
-- KEYS  the stream
-- ARGV  the group, the ID that it begins behind
--
-- Redis refuses a script whose first write is XGROUP CREATE when memory is full, and lets one that has written go
-- on. An acknowledgement of nothing is such a write.

redis.call('XACK', KEYS[1], ARGV[1], '0-0')
return redis.pcall('XGROUP', 'CREATE', KEYS[1], ARGV[1], ARGV[2], 'MKSTREAM')
