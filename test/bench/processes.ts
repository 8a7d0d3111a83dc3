/**
 * Processes of Node that a benchmark starts.
 *
 * @module
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'

export const run = (...args: string[]) =>
  spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })

export async function firstLine({ stdout }: ReturnType<typeof run>): Promise<string> {
  const [text] = await once(stdout, 'data')
  return String(text)
}

export async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return
  const exit = once(child, 'exit')
  child.kill()
  await exit
}
