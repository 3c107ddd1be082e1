import type { GoTool } from './go-tool.ts'

/** Bluesky's own translator of the firehose into JSON: an oracle for the synthetic network. */
export const jetstream: GoTool = {
  name: 'jetstream',
  version: 'v0.0.0-20250414024304-d17bd81a945e',
  requires: { 'github.com/bluesky-social/jetstream': 'v0.0.0-20250414024304-d17bd81a945e' },
  program: 'github.com/bluesky-social/jetstream/cmd/jetstream',
  main: 'package main\n\nfunc main() {}\n',
  takes: '2 to 4 minutes',
}
