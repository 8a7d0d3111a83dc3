/**
 * The state of an emulator in a file: `--import` and `--export`.
 */

import { access, constants, readFile, rename, writeFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import type { Emulator } from '../emulator.js'

/**
 * Begins with the state in a file. A file that does not exist yet is no mistake if the state is written to it at the
 * end: the first run has nothing to continue.
 */
export async function importState(emulator: Emulator, file: string, exportFile?: string): Promise<void> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' && exportFile !== undefined && resolve(file) === resolve(exportFile))
      return undefined
    throw new Error(`--import ${file}: the file cannot be read (${error.code})`)
  })
  if (text === undefined) return
  try {
    await emulator.restore(JSON.parse(text))
  } catch (error) {
    const problem = error instanceof SyntaxError ? 'the file is not valid JSON' : (error as Error).message
    throw new Error(`--import ${file}: ${problem}`)
  }
}

/** Throws when the folder of a file does not exist or cannot be written to, before there is anything to lose. */
export async function requireWritable(file: string): Promise<void> {
  await access(dirname(resolve(file)), constants.W_OK).catch(error => throwUnwritable(file, error))
}

/** Writes the state to a file that only this user can read. An interrupted write leaves the earlier file as it was. */
export async function exportState(emulator: Emulator, file: string): Promise<void> {
  const partial = `${file}.partial`
  try {
    await writeFile(partial, `${JSON.stringify(await emulator.snapshot(), null, 2)}\n`, { mode: 0o600 })
    await rename(partial, file)
  } catch (error) {
    throwUnwritable(file, error)
  }
}

function throwUnwritable(file: string, error: unknown): never {
  throw new Error(`--export ${file}: the file cannot be written (${(error as NodeJS.ErrnoException).code})`)
}
