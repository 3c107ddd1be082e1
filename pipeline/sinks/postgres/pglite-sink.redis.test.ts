import { test } from '#test/support/pglite.ts'
import { sinkConformance } from '#test/support/sink-conformance.ts'
import { snapshotConformance } from '#test/support/snapshot-conformance.ts'
import { typedConformance } from '#test/support/typed-conformance.ts'

sinkConformance(test)
snapshotConformance(test)
typedConformance(test)
