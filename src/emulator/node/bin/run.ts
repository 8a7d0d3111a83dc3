/**
 * Runs a command of the package in this process: its arguments, its output, and the signals that stop it.
 */

/** The process that a command runs in. */
export interface Io {
  print(text: string): void
  complain(text: string): void
  /** Whether the output is a terminal that shows colours. */
  readonly isColoured: boolean
  /** Aborted to stop the command. */
  readonly signal: AbortSignal
  /** The command calls it when it has started. */
  readonly ready?: () => void
}

/** Runs a command; resolves with the exit code. */
export type Command = (argv: readonly string[], io: Io) => Promise<number>

/** Runs a command in this process. */
export async function run(command: Command): Promise<void> {
  const stopping = new AbortController()
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => stopping.abort())
  process.exitCode = await command(process.argv.slice(2), {
    print: text => process.stdout.write(text),
    complain: text => process.stderr.write(text),
    // https://no-color.org
    isColoured: process.stdout.isTTY === true && !process.env.NO_COLOR,
    signal: stopping.signal,
    ready: () => void setImmediate(favourMemory),
  })
}

/**
 * Keeps the process small beside browsers and test runners. V8 would let the heap grow to four times of what is in use,
 * because most machines have memory to spare: after 100,000 challenges to 130 MB for 30 MB. This takes about 10 % of the
 * speed. It is for a process of our own only, and follows the start, which it would slow down.
 */
function favourMemory() {
  process.getBuiltinModule('node:v8').setFlagsFromString('--optimize-for-size')
}
