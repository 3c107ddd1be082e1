import { test } from '#test/support/pglite.ts'
import { sinkConformance } from '#test/support/sink-conformance.ts'

sinkConformance(test)
