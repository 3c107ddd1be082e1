-- Tells the group that entries are still being worked on, and says which of them are no longer ours.
--
-- KEYS  the stream
-- ARGV  the group, the consumer, then entry IDs
--
-- An entry that another consumer has claimed meanwhile must not be claimed back: two consumers would take it
-- from each other for ever. Looking and claiming in one script leaves no moment in between.

local group, consumer = ARGV[1], ARGV[2]
local gone = {}
for at = 3, #ARGV do
  local id = ARGV[at]
  local pending = redis.call('XPENDING', KEYS[1], group, id, id, 1)[1]
  if pending and pending[2] == consumer then
    redis.call('XCLAIM', KEYS[1], group, consumer, 0, id, 'JUSTID')
  else
    gone[#gone + 1] = id
  end
end
return gone
