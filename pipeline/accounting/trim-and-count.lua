-- Trims a stream and counts what went in its books, in one step.
--
-- KEYS  the stream, the books
-- ARGV  the field of the books
--       the lowest ID that stays
--       most entries to remove
--       entries to leave in the stream at least, 0 for none
--       1 when the server itself is to keep what some group has not acknowledged
--
-- Looking at the length in here keeps two trims at a time from taking the same surplus twice. Trimming works when
-- memory is full, and what follows a first write does as well.

local most, keep = tonumber(ARGV[3]), tonumber(ARGV[4])
if keep > 0 then most = math.min(most, redis.call('XLEN', KEYS[1]) - keep) end
-- To Redis, LIMIT 0 is no limit.
if most < 1 then return 0 end

local command = { 'XTRIM', KEYS[1], 'MINID', '~', ARGV[2], 'LIMIT', most }
if ARGV[5] == '1' then command[#command + 1] = 'ACKED' end
local count = redis.call(unpack(command))
if count > 0 then redis.call('HINCRBY', KEYS[2], ARGV[1], count) end
return count
