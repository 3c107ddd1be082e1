-- Adds entries to a stream and moves keys on, in one step or not at all.
--
-- KEYS  the stream, then the keys to move
-- ARGV  high water mark in entries, the name of the one field
--       per key: what it must hold now ('' when it must not exist), what it shall hold then
--       the values of the entries
--
-- When every key holds already what it shall, the call was made before and its reply was lost: nothing happens.
-- Every check comes before the first write. Redis itself refuses that first write when it is out of memory or
-- cannot persist, and lets all that follow pass: nothing is ever half stored.

local stream, high_water, field = KEYS[1], tonumber(ARGV[1]), ARGV[2]

local at, expected, moved = 3, true, #KEYS > 1
for key = 2, #KEYS do
  local value = redis.call('GET', KEYS[key]) or ''
  expected = expected and value == ARGV[at]
  moved = moved and value == ARGV[at + 1]
  at = at + 2
end
if moved then return { 'stored-before' } end
if not expected then return { 'moved-elsewhere' } end

if at <= #ARGV then
  local length = redis.call('XLEN', stream)
  if length >= high_water then return { 'high-water', length } end
end
for value = at, #ARGV do
  redis.call('XADD', stream, '*', field, ARGV[value])
end
for key = 2, #KEYS do
  redis.call('SET', KEYS[key], ARGV[2 * key])
end
return { 'stored', #ARGV - at + 1 }
