/** The package as an app has it: where it is, what it holds. */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, sep } from 'node:path'
import { inject } from 'vitest'

/** The folder of an app that has installed the package, and nothing else. */
export const APP = inject('app')

/** The package in the app. */
export const PACKAGE = join(APP, 'node_modules', 'authsignal-channels')

/** Each file of a folder, with its path in it. */
export function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(path => statSync(join(folder, path)).isFile())
    .map(path => path.replaceAll(sep, '/'))
    .sort()
}

/** The files that are published. */
export const packedFiles = filesIn(PACKAGE)

export const read = (file: string) => readFileSync(join(PACKAGE, file), 'utf8')

export const manifest = JSON.parse(read('package.json'))

/** What a page puts into `integrity` to accept this file and no other. */
export const integrityOf = (file: string) =>
  `sha384-${createHash('sha384').update(read(file)).digest('base64')}`
