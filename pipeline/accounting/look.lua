-- Reads everything that the books of a stream are kept by, as of one moment. Writes nothing.
--
-- KEYS  the stream, the books
-- ARGV  most pending entries without a body that are counted per group
--
-- Returns the time in seconds and microseconds, the fields of the stream (false when there is none) with
-- 'first-entry' as an ID alone ('' when empty), per group its fields and its pending entries without a body, and the books.

local stream, books, most = KEYS[1], KEYS[2], ARGV[1]
local time, kept = redis.call('TIME'), redis.call('HGETALL', books)
if redis.call('EXISTS', stream) == 0 then return { time[1], time[2], false, {}, kept } end

local state, first = {}, false
local info = redis.call('XINFO', 'STREAM', stream)
for at = 1, #info, 2 do
  local name, value = info[at], info[at + 1]
  if name == 'first-entry' then
    first = value and value[1]
    value = first or ''
  end
  if name ~= 'last-entry' then
    state[#state + 1] = name
    state[#state + 1] = value
  end
end

-- What is pending below the first entry has no body any more. They are the lowest, so the read is bounded.
local groups = {}
for _, group in ipairs(redis.call('XINFO', 'GROUPS', stream)) do
  local bodiless = redis.call('XPENDING', stream, group[2], '-', first and '(' .. first or '+', most)
  groups[#groups + 1] = { group, #bodiless }
end
return { time[1], time[2], state, groups, kept }
