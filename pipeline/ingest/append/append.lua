-- Adds whole commits and the cursors in one step, at most once each, in order, or not at all.
--
-- KEYS  the stream, the stream of gaps, the cursor of each relay
-- ARGV  high water mark in entries
--       how entries are numbered: 'time', or 'seq' by their commit
--       the commits, of each relay ascending: 'relay:sequence:entries relay:sequence:entries …', the first relay is 1
--       gaps before these commits: a JSON list of texts, or '' when there are none
--       per relay, the sequence that this batch follows, or '' when it follows none, and
--       the one up to which the relay has been heard once this batch is stored, or '' when nothing was heard
--       number of fields, then their names
--       the values of every entry of every commit, in the fields' order
--
-- Every check comes before the first write. Redis itself refuses that first write when it is out of memory,
-- cannot persist, or is given a number that is not beyond the last, and lets all that follow pass: a batch is never
-- half stored. A batch follows all relays, also those it brings nothing of: what one of them said may stand here
-- for what another one repeats.
-- Sequences are compared as text, length first: a Lua number loses digits past 2^53 and prints as 1e+15.
-- Values are arguments of their own: cutting them out of one long argument costs more than reading many. One
-- field, the common case, needs no table: that alone is a twentieth of the whole call.

local stream, relays, commits = KEYS[1], #KEYS - 2, ARGV[3]
local fields = tonumber(ARGV[5 + 2 * relays])
local first, last = 6 + 2 * relays + fields, #ARGV
local call, values, cursors, missing = redis.call, ARGV, {}, false

local function beyond(a, b)
  if #a ~= #b then return #a > #b end
  return a > b
end

for relay = 1, relays do
  local after, cursor = ARGV[3 + 2 * relay], call('GET', KEYS[2 + relay])
  cursors[relay] = cursor
  if after ~= '' and (not cursor or beyond(after, cursor)) then missing = true end
end
if missing then return { 'predecessor-missing', cursors } end

-- What is stored already is left out; what remains is runs of values. Nothing of a relay is stored behind the first of its
-- commits that is not.
local runs, skipped, added, from, at = {}, 0, 0, first, first
local unsure, is_new = relays, {}
for relay, seq, entries in string.gmatch(commits, '(%d+):(%d+):(%d+)') do
  relay = tonumber(relay)
  local cursor, size = cursors[relay], entries * fields
  if cursor and not beyond(seq, cursor) then
    if at > from then runs[#runs + 1] = { from, at - 1 } end
    skipped = skipped + 1
    from = at + size
  elseif not is_new[relay] then
    is_new[relay] = true
    unsure = unsure - 1
    if unsure == 0 then break end
  end
  at = at + size
end
if from <= last then runs[#runs + 1] = { from, last } end

if #runs > 0 then
  local length = call('XLEN', stream)
  if length >= tonumber(ARGV[1]) then return { 'high-water', cursors, length } end

  local ids, name = nil, ARGV[first - fields]
  if ARGV[2] == 'seq' then
    ids = {}
    for seq, entries in string.gmatch(commits, ':(%d+):(%d+)') do
      -- 0-0 is no ID.
      local lowest = seq == '0' and 1 or 0
      for entry = lowest, lowest + entries - 1 do ids[#ids + 1] = seq .. '-' .. entry end
    end
  end
  for _, run in ipairs(runs) do
    if fields == 1 and not ids then
      for value = run[1], run[2] do call('XADD', stream, '*', name, values[value]) end
    else
      local command = { 'XADD', stream, '*' }
      for field = 1, fields do command[2 + 2 * field] = ARGV[first - fields + field - 1] end
      for value = run[1], run[2], fields do
        if ids then command[3] = ids[(value - first) / fields + 1] end
        for field = 1, fields do command[3 + 2 * field] = values[value + field - 1] end
        call(unpack(command))
      end
    end
    added = added + (run[2] - run[1] + 1) / fields
  end
end

local has_moved = false
for relay = 1, relays do
  local up_to, cursor = ARGV[4 + 2 * relay], cursors[relay]
  if up_to ~= '' and (not cursor or beyond(up_to, cursor)) then
    if not has_moved and ARGV[4] ~= '' then
      for _, gap in ipairs(cjson.decode(ARGV[4])) do call('XADD', KEYS[2], '*', 'gap', gap) end
    end
    has_moved = true
    call('SET', KEYS[2 + relay], up_to)
    cursors[relay] = up_to
  end
end
return { 'appended', cursors, added, skipped }
