/**
 * The files that the build puts next to this module: the pages that the emulator serves.
 */

import { readFile } from 'node:fs/promises'

// Not imported: bundlers and test runners that have a list of Node's modules lack this one.
const { getAsset, isSea } = process.getBuiltinModule('node:sea')

/** Reads a file by its path below the folder of the build; `undefined` when there is none. */
export async function readBuiltFile(path: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
  try {
    if (isSea()) return new Uint8Array(getAsset(path))
    return new Uint8Array(await readFile(new URL(`./${path}`, import.meta.url)))
  } catch {
    return undefined
  }
}
