import { test } from '#test/support/pglite.ts'
import { sinkConformance } from '#test/support/sink-conformance.ts'
import { snapshotConformance } from '#test/support/snapshot-conformance.ts'

sinkConformance(test)
snapshotConformance(test)
