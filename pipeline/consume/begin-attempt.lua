-- Notes that work on a suspect entry begins, so that the note is still there should the process die of it.
--
-- KEYS  the stream, the hash of attempts
-- ARGV  the group, the consumer, the entry ID, milliseconds since the epoch, seconds to keep the hash
--
-- Returns how many attempts were begun and not ended, this one included, and when the first and the last of
-- those before it began; nothing when the entry is no longer ours. Keeping the claim comes first: when memory is
-- full, Redis lets a script go on that has written.

local stream, attempts = KEYS[1], KEYS[2]
local group, consumer, id, now, keep = ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5]

local pending = redis.call('XPENDING', stream, group, id, id, 1)[1]
if not pending or pending[2] ~= consumer then return nil end
redis.call('XCLAIM', stream, group, consumer, 0, id, 'JUSTID')

local count, first, last = 0, now, now
local known = redis.call('HGET', attempts, id)
if known then
  local a, b, c = string.match(known, '^(%d+) (%d+) (%d+)$')
  if a then count, first, last = tonumber(a), b, c end
end
redis.call('HSET', attempts, id, (count + 1) .. ' ' .. first .. ' ' .. now)
redis.call('EXPIRE', attempts, keep)
return { count + 1, first, last }
