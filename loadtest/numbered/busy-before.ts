/** What to say of a machine that had more to do than it could before the run began; `load` is that of the last minute. */
export function busyBefore(load: number, cores: number): readonly string[] {
  if (load <= cores) return []
  return [
    `This machine was busy with other things (load ${load.toFixed(1)} on ${cores} cores): its times are worse than those of this Redis.`,
  ]
}
