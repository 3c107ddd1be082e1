import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { DependencyError, UsageError } from '#kernel/errors.ts'
import { eventsOfMessage } from './events-of-message.ts'
import { type FrameType, messageFrame } from './frame.ts'
import { type FrameSource, frameSource, type RelayFrame } from './frame-source.ts'
import { framesFileSource } from './frames-file.ts'

/** Bodies are lexicon JSON: `{"$bytes": base64}` and `{"$link": cid}` encode to bytes and links. */
const BODY = z.record(z.string(), z.unknown())

const CAPTURE = z.object({
  messages: z.array(
    z.object({
      frame: z.object({
        header: z.object({
          op: z.literal(1),
          t: z.enum(['#commit', '#identity', '#account', '#sync', '#info']),
        }),
        body: BODY,
      }),
    }),
  ),
})

const LONE_COMMIT = BODY.refine((body) => 'ops' in body && 'blocks' in body)

/**
 * A file of frames, or captured messages, either `{messages: [{frame: {header, body}}]}` or the body of one #commit, as frames in the
 * order of the file. A message without a `seq` gets the one after its predecessor's. Throws `DependencyError` when
 * the file cannot be read, `UsageError` when it holds none of these.
 */
export async function readReplayFile(path: string): Promise<FrameSource> {
  const frames = framesFileSource(path)
  if (frames) return frames
  const messages = messagesIn(await readJson(path), path)
  let seq = 0
  return frameSource(
    messages.map(({ type, body }): RelayFrame => {
      seq = typeof body['seq'] === 'number' ? body['seq'] : seq + 1
      const whole = type === '#info' ? body : { ...body, seq }
      return { seq, bytes: messageFrame(type, whole), events: eventsOfMessage(type, whole, seq) }
    }),
  )
}

async function readJson(path: string): Promise<unknown> {
  const text = await readFile(path, 'utf8').catch((error: Error) => {
    throw new DependencyError(`cannot read "${path}": ${error.message}`, { cause: error })
  })
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new UsageError(`"${path}" is not JSON: ${(error as Error).message}`, { cause: error })
  }
}

function messagesIn(content: unknown, path: string): { type: FrameType; body: z.infer<typeof BODY> }[] {
  const capture = CAPTURE.safeParse(content)
  if (capture.success) {
    return capture.data.messages.map(({ frame }) => ({ type: frame.header.t, body: frame.body }))
  }
  const commit = LONE_COMMIT.safeParse(content)
  if (commit.success) return [{ type: '#commit', body: commit.data }]
  throw new UsageError(`"${path}" holds neither frames, nor captured messages, nor the body of a #commit`)
}
