-- Calls a command that answers with a number, and adds that number to fields of the books, in one step: an
-- acknowledgement that nobody counted, or one counted twice, would look like a loss, or hide one.
--
-- KEYS  the stream, the books
-- ARGV  the number of fields, then their names
--       the command
--       its arguments after the stream
--
-- The command comes first: XACK and XTRIM work when memory is full, and what follows a first write does as well.

local width = tonumber(ARGV[1])
local count = redis.call(ARGV[2 + width], KEYS[1], unpack(ARGV, 3 + width))
if count > 0 then
  for field = 2, 1 + width do
    redis.call('HINCRBY', KEYS[2], ARGV[field], count)
  end
end
return count
