-- Adds whole commits and the cursor in one step, at most once each, in order, or not at all.
--
-- KEYS  the stream, the cursor
-- ARGV  high water mark in entries
--       the sequence that this batch follows, or '' when it follows none
--       the sequence up to which the relay has been heard once this batch is stored
--       number of fields, then their names
--       per commit: its sequence, its number of entries, then the values of each entry in the fields' order
--
-- Every check comes before the first write. Redis itself refuses that first write when it is out of memory or
-- cannot persist, and lets all that follow pass: a batch is never half stored.
-- Sequences are compared as text, length first: a Lua number loses digits past 2^53 and prints as 1e+15.

local stream, cursor_key = KEYS[1], KEYS[2]
local high_water, after, up_to, fields = tonumber(ARGV[1]), ARGV[2], ARGV[3], tonumber(ARGV[4])
local cursor = redis.call('GET', cursor_key)

local function beyond(a, b)
  if #a ~= #b then return #a > #b end
  return a > b
end

if after ~= '' and (not cursor or beyond(after, cursor)) then
  return { 'predecessor-missing', cursor }
end

local command = { 'XADD', stream, '*' }
for field = 1, fields do
  command[2 + 2 * field] = ARGV[4 + field]
end

local at, last, added, skipped = 5 + fields, #ARGV, 0, 0
while at < last do
  local seq, entries = ARGV[at], tonumber(ARGV[at + 1])
  at = at + 2
  if cursor and not beyond(seq, cursor) then
    skipped = skipped + 1
    at = at + entries * fields
  else
    if added == 0 then
      local length = redis.call('XLEN', stream)
      if length >= high_water then return { 'high-water', cursor, length } end
    end
    for _ = 1, entries do
      for field = 1, fields do
        command[3 + 2 * field] = ARGV[at]
        at = at + 1
      end
      redis.call(unpack(command))
    end
    added = added + entries
  end
end

if not cursor or beyond(up_to, cursor) then
  redis.call('SET', cursor_key, up_to)
  cursor = up_to
end
return { 'appended', cursor, added, skipped }
