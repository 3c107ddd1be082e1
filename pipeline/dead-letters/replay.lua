-- Puts dead letters back as new entries of their stream, and takes them out of the dead letters, in one step.
-- A letter that is not there any more is passed by, so the call may be made again when its reply was lost.
--
-- KEYS  the dead-letter stream, the stream
-- ARGV  high water mark in entries
--       the prefix of the entry's own field names
--       per letter: its ID
--
-- Returns what stopped it ('done' or 'high-water'), the entries in the stream, the letters that were not there,
-- the letters that hold no entry of this stream, and per letter replayed its ID and the ID of the new entry.
--
-- XADD comes first on purpose: when memory is full, Redis refuses the script at its first write, and nothing
-- was done. Each letter is added and removed before the next one is touched.

local letters, stream, high_water, prefix = KEYS[1], KEYS[2], tonumber(ARGV[1]), ARGV[2]

-- Where entries are numbered by the sequences of a relay, a clock time would stop every later append.
local function next_id()
  if redis.call('EXISTS', stream) == 0 then return '*' end
  local info = redis.call('XINFO', 'STREAM', stream)
  for at = 1, #info, 2 do
    if info[at] == 'last-generated-id' then
      local ms = string.match(info[at + 1], '^%d+')
      if #ms < 13 and info[at + 1] ~= '0-0' then return ms .. '-*' end
    end
  end
  return '*'
end

local function entry_of(letter)
  local command, origin = { 'XADD', stream, next_id() }, nil
  for part = 1, #letter, 2 do
    local name, value = letter[part], letter[part + 1]
    if string.sub(name, 1, #prefix) == prefix then
      command[#command + 1] = string.sub(name, #prefix + 1)
      command[#command + 1] = value
    elseif name == 'stream' then
      origin = value
    end
  end
  if origin ~= stream or #command == 3 then return nil end
  return command
end

local length = redis.call('XLEN', stream)
local reply = { 'done', length, 0, 0 }
for at = 3, #ARGV do
  local id = ARGV[at]
  local found = redis.call('XRANGE', letters, id, id)[1]
  local command = found and entry_of(found[2])
  if not found then
    reply[3] = reply[3] + 1
  elseif not command then
    reply[4] = reply[4] + 1
  elseif length >= high_water then
    reply[1] = 'high-water'
    break
  else
    local added = redis.call(unpack(command))
    redis.call('XDEL', letters, id)
    length = length + 1
    reply[#reply + 1] = id
    reply[#reply + 1] = added
  end
end
reply[2] = length
return reply
