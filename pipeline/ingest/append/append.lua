-- Adds whole commits and the cursor in one step, at most once each, in order, or not at all.
--
-- KEYS  the stream, the cursor, the stream of gaps
-- ARGV  high water mark in entries
--       the sequence that this batch follows, or '' when it follows none
--       the sequence up to which the relay has been heard once this batch is stored
--       the commits, ascending: 'sequence:entries sequence:entries …'
--       gaps before these commits: a JSON list of texts, or '' when there are none
--       number of fields, then their names
--       the values of every entry of every commit, in the fields' order
--
-- Every check comes before the first write. Redis itself refuses that first write when it is out of memory or
-- cannot persist, and lets all that follow pass: a batch is never half stored.
-- Sequences are compared as text, length first: a Lua number loses digits past 2^53 and prints as 1e+15.
-- Values are arguments of their own: cutting them out of one long argument costs more than reading many. One
-- field, the common case, needs no table: that alone is a twentieth of the whole call.

local stream, cursor_key = KEYS[1], KEYS[2]
local after, up_to, commits, fields = ARGV[2], ARGV[3], ARGV[4], tonumber(ARGV[6])
local cursor = redis.call('GET', cursor_key)

local function beyond(a, b)
  if #a ~= #b then return #a > #b end
  return a > b
end

if after ~= '' and (not cursor or beyond(after, cursor)) then
  return { 'predecessor-missing', cursor }
end

local first, last, skipped = 7 + fields, #ARGV, 0
if cursor then
  for seq, entries in string.gmatch(commits, '(%d+):(%d+)') do
    if beyond(seq, cursor) then break end
    skipped = skipped + 1
    first = first + entries * fields
  end
end

if first <= last then
  local length = redis.call('XLEN', stream)
  if length >= tonumber(ARGV[1]) then return { 'high-water', cursor, length } end

  local call, name, values = redis.call, ARGV[7], ARGV
  if fields == 1 then
    for at = first, last do call('XADD', stream, '*', name, values[at]) end
  else
    local command = { 'XADD', stream, '*' }
    for field = 1, fields do command[2 + 2 * field] = ARGV[6 + field] end
    for at = first, last, fields do
      for field = 1, fields do command[3 + 2 * field] = values[at + field - 1] end
      call(unpack(command))
    end
  end
end

if not cursor or beyond(up_to, cursor) then
  if ARGV[5] ~= '' then
    for _, gap in ipairs(cjson.decode(ARGV[5])) do redis.call('XADD', KEYS[3], '*', 'gap', gap) end
  end
  redis.call('SET', cursor_key, up_to)
  cursor = up_to
end
return { 'appended', cursor, math.max(0, last - first + 1) / fields, skipped }
