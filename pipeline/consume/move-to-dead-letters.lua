-- Acknowledges entries and writes their letters in one step: an entry is never in neither place, and not in
-- both when the reply is lost and the call is made again.
--
-- KEYS  the stream, the dead-letter stream, the books
-- ARGV  the group
--       the prefix of the entry's own field names
--       the fields of the books for what was moved and for what had no body, and one that counts what was
--       moved besides, or ''
--       number of a letter's fields, then their names
--       per entry: its ID, then the values of the letter's fields
--
-- Returns how many were moved, and how many had no body left. Entries that are not pending are left alone.
-- The acknowledgement comes first: when memory is full, Redis refuses a script whose first write is XADD and
-- lets one that has written go on. Whatever else could stop the XADD is therefore looked at before.

local stream, letters, books = KEYS[1], KEYS[2], KEYS[3]
local group, prefix, moved_field, lost_field, tally = ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5]
local width = tonumber(ARGV[6])

local kind = redis.call('TYPE', letters).ok
if kind ~= 'none' and kind ~= 'stream' then
  return redis.error_reply('WRONGTYPE ' .. letters .. ' is no stream but a ' .. kind)
end

-- unpack takes some 8000 values at most; an entry with more fields than that keeps the first ones.
local MOST_PARTS = 7000

local moved, lost = 0, 0
for at = 7 + width, #ARGV, 1 + width do
  local id = ARGV[at]
  local entry = redis.call('XRANGE', stream, id, id)[1]
  if redis.call('XACK', stream, group, id) == 0 then
    -- Somebody else has settled it.
  elseif not entry then
    lost = lost + 1
  else
    local command = { 'XADD', letters, '*' }
    for field = 1, width do
      command[#command + 1] = ARGV[6 + field]
      command[#command + 1] = ARGV[at + field]
    end
    for part = 1, math.min(#entry[2], MOST_PARTS), 2 do
      command[#command + 1] = prefix .. entry[2][part]
      command[#command + 1] = entry[2][part + 1]
    end
    redis.call(unpack(command))
    moved = moved + 1
  end
end
if moved > 0 then redis.call('HINCRBY', books, moved_field, moved) end
if moved > 0 and tally ~= '' then redis.call('HINCRBY', books, tally, moved) end
if lost > 0 then redis.call('HINCRBY', books, lost_field, lost) end
return { moved, lost }
