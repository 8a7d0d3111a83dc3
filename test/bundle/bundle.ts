/** Bundles an import the way an app would, to see what of the SDK ends up in the app. */
import { resolve } from 'node:path'
import { gzipSync } from 'node:zlib'
import { bundleCode } from '../package/bundlers.js'

export { bundlers } from '../package/bundlers.js'

/** Inside the package, so that bundlers find it by its name, and its dependencies. */
const APP = resolve('test/bundle/.cache')

const bundles = new Map<string, Promise<string>>()

/** @param code Imports from `authsignal-channels`, which is the built `dist/index.js`. */
export function bundle(code: string, bundler = 'Rollup'): Promise<string> {
  const key = `${bundler} ${code}`
  const made = bundles.get(key) ?? bundleCode(APP, bundler, code)
  bundles.set(key, made)
  return made
}

/** Bytes after gzip, as a web server would send them. */
export const gzipped = (code: string | Uint8Array) => gzipSync(code, { level: 9 }).length
