import { z } from 'zod'
import { DependencyError } from '#kernel/errors.ts'

/** An alert as Prometheus holds it now. */
export interface ActiveAlert {
  readonly name: string
  /** `pending` while its `for` has not passed yet. */
  readonly state: 'firing' | 'pending'
  /** When its expression became true, ISO 8601; it fires `for` later. */
  readonly activeAt: string
  readonly labels: Readonly<Record<string, string>>
}

const REPLY = z.object({
  data: z.object({
    alerts: z.array(
      z.object({
        state: z.enum(['firing', 'pending']),
        activeAt: z.string(),
        labels: z.record(z.string(), z.string()),
      }),
    ),
  }),
})

/** One round trip. Throws `DependencyError` when Prometheus does not answer within two seconds, or in other words. */
export async function readAlerts(prometheusUrl: string): Promise<ActiveAlert[]> {
  try {
    const response = await fetch(`${prometheusUrl}/api/v1/alerts`, { signal: AbortSignal.timeout(2_000) })
    const { data } = REPLY.parse(await response.json())
    return data.alerts.map(({ labels, ...rest }) => ({ name: labels['alertname'] ?? '', labels, ...rest }))
  } catch (error) {
    throw new DependencyError(`cannot read alerts from ${prometheusUrl}: ${(error as Error).message}`, {
      cause: error,
    })
  }
}
