import { DefaultRenderer, Listr, ListrLogger, ProcessOutput } from 'listr2'
import { onProcessExit } from '#kernel/process/on-process-exit.ts'
import type { Colours } from './colours-for.ts'
import type { CommandContext } from './command.ts'
import { describeStep } from './describe-step.ts'
import type { RunStep, Step, StepEnd } from './step.ts'

interface Live extends Pick<CommandContext, 'stderr'> {
  readonly colours: Colours
}

const SHOW_CURSOR = '\u001B[?25h'

/** listr2 looks at stdout before it draws, but we draw on stderr, and have looked at it ourselves. */
class StderrRenderer extends DefaultRenderer {
  static override nonTTY = true
}

/** Progress for a terminal: every step in view, the running one with how far it is. */
export async function showLive<End extends StepEnd>(
  steps: readonly Step<End>[],
  run: RunStep<End>,
  { stderr, colours }: Live,
): Promise<void> {
  const terminal = stderr as NodeJS.WriteStream
  const dim = (text?: string) => colours.dim(text ?? '')
  const red = (text?: string) => colours.verdict('fail', text ?? '')
  const tasks = new Listr(
    steps.map((step) => ({
      title: step.title,
      async task(_: unknown, task: { title: string; output: string }) {
        try {
          const result = await run(step, (progress) => {
            task.output = progress
          })
          task.title = describeStep(result, colours)
        } catch (error) {
          task.title = `${step.title}: ${(error as Error).message}`
          throw error
        }
      },
    })),
    {
      registerSignalListeners: false,
      renderer: StderrRenderer,
      rendererOptions: {
        logger: new ListrLogger({
          processOutput: new ProcessOutput(terminal, terminal, { leaveEmptyLine: false }),
          toStderr: [],
        }),
        icon: {
          COMPLETED: '',
          FAILED: '✗',
          PENDING: '·',
          WAITING: '·',
          OUTPUT: '›',
          COMPLETED_WITH_SISTER_TASKS_FAILED: '·',
        },
        color: { PENDING: dim, FAILED: red, OUTPUT: dim, COMPLETED_WITH_SISTER_TASKS_FAILED: dim },
        showErrorMessage: false,
      },
    },
  )
  const forget = onProcessExit(() => terminal.write(SHOW_CURSOR))
  try {
    await tasks.run()
  } finally {
    forget()
  }
}
