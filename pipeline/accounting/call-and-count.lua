-- Calls a command that answers with a number, and adds that number to a field of the books, in one step: an
-- acknowledgement that nobody counted, or one counted twice, would look like a loss, or hide one.
--
-- KEYS  the stream, the books
-- ARGV  the field
--       the command
--       its arguments after the stream
--
-- The command comes first: XACK and XTRIM work when memory is full, and what follows a first write does as well.

local count = redis.call(ARGV[2], KEYS[1], unpack(ARGV, 3))
if count > 0 then redis.call('HINCRBY', KEYS[2], ARGV[1], count) end
return count
