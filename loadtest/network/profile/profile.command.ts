import { writeFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { stringify } from 'yaml'
import { defineCommand } from '#kernel/cli/command.ts'
import { DependencyError } from '#kernel/errors.ts'
import { readReplayFile } from '../replay-file.ts'
import { countFrame } from './count-frame.ts'
import { fitProfile } from './fit-profile.ts'
import { emptySample } from './sample.ts'

const TURN_FRAMES = 1_000

/** Fits a profile of the synthetic network to a captured piece of a firehose. */
export const command = defineCommand({
  name: 'profile',
  takes: '<file>',
  describe: 'Fit a profile of the synthetic network to a captured sample of a firehose',
  examples: [
    ['standpipe profile captured.json', 'print the profile as YAML; what it had to assume goes to stderr'],
    [
      'standpipe profile sample.frames --output mine.yaml',
      'then: standpipe relay --network-profile mine.yaml',
    ],
  ],
  options: (yargs) =>
    yargs
      .positional('file', {
        type: 'string',
        demandOption: true,
        describe: 'Captured messages, or a file of frames',
      })
      .option('output', {
        type: 'string',
        requiresArg: true,
        describe: 'File for the profile instead of stdout',
      }),
  async run({ file, output }, { signal, stdout, stderr }) {
    const source = await readReplayFile(file)
    const sample = emptySample()
    for (let frame = source.next(Infinity); frame; frame = source.next(Infinity)) {
      countFrame(sample, frame)
      if (sample.messages % TURN_FRAMES !== 0) continue
      signal.throwIfAborted()
      if (stderr.isTTY) stderr.write(`\r${sample.messages} messages`)
      await nextTurn()
    }
    if (stderr.isTTY) stderr.write('\r')
    const { profile, assumed } = fitProfile(sample, basename(file).replace(/\.[^.]+$/, ''))
    const text = stringify(profile)
    for (const one of assumed) stderr.write(`assumed: ${one}\n`)
    if (output === undefined) return void stdout.write(text)
    await writeFile(output, text).catch((error: Error) => {
      throw new DependencyError(`cannot write the profile "${output}": ${error.message}`, { cause: error })
    })
  },
})
