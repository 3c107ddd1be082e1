import type { Profile } from '../profile.ts'

/** The default: every check's own limits are written for this. */
export const buffer: Profile = {
  name: 'buffer',
  says: 'A Redis whose streams hold the only copy of events that were not indexed yet',
  limits: {},
  skips: [],
}
