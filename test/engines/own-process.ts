/**
 * A process that does not outlive this one.
 *
 * @module
 */
import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process'
import { once } from 'node:events'

/** Starts it. The kernel ends it when this process ends, in whatever way that may be. */
export function startOwn(command: string, args: readonly string[], options: SpawnOptions): ChildProcess {
  // In a group of its own, so that what it starts can be ended with it.
  return spawn('setpriv', ['--pdeathsig', 'KILL', '--', command, ...args], { ...options, detached: true })
}

/** Ends it, and what it has started. */
export async function endOwn(child: ChildProcess): Promise<void> {
  if (!child.pid || child.exitCode !== null || child.signalCode !== null) return
  const exit = once(child, 'exit')
  process.kill(-child.pid, 'SIGKILL')
  await exit
}
