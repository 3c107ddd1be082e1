import type { GoTool } from './go-tool.ts'

/** Bluesky's own consumer that verifies and resyncs whole repos: an oracle for the synthetic network. */
export const tap: GoTool = {
  name: 'tap',
  version: 'v0.0.0-20260605210604-af2fec94f34c',
  requires: { 'github.com/bluesky-social/indigo': 'v0.0.0-20260605210604-af2fec94f34c' },
  program: 'github.com/bluesky-social/indigo/cmd/tap',
  main: 'package main\n\nfunc main() {}\n',
  takes: '3 to 5 minutes',
}
