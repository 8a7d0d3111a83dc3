/** Bundles an import the way an app would, to see what of the SDK ends up in the app. */
import { resolve } from 'node:path'
import { gzipSync } from 'node:zlib'
import { type Bundle, bundleCode, bundlers } from '../support/bundlers.js'

/**
 * Rollup and webpack take seconds: for these imports, one of the core and two with code of their own. With
 * `BUNDLERS=all`, every import is tried with all of them.
 */
const BY_ALL = ['whatsapp', 'passkey', 'launch']

/** The bundlers that an app with this import is tried with. */
export const bundlersFor = (name: string) =>
  BY_ALL.includes(name) || process.env.BUNDLERS === 'all' ? Object.keys(bundlers) : ['Vite', 'esbuild']

/**
 * Inside the package, so that bundlers find it by its name, and its dependencies. One for each worker: a file must not be
 * read while another worker writes it.
 */
const APP = resolve('test/bundle/.cache', process.env.VITEST_POOL_ID ?? '0')

const bundles = new Map<string, Promise<Bundle>>()

/** @param code Imports from `authsignal-channels`, which is the built `dist/index.js`. */
export function bundleOf(code: string, bundler = 'Rollup'): Promise<Bundle> {
  const key = `${bundler} ${code}`
  const made = bundles.get(key) ?? bundleCode(APP, bundler, code)
  bundles.set(key, made)
  return made
}

/** The text of all that a page loads at once. */
export const bundle = async (code: string, bundler?: string): Promise<string> =>
  (await bundleOf(code, bundler)).first.join('\n')

/** An app that uses names of a package. */
export const importing = (names: readonly string[], from = 'authsignal-channels') =>
  `import { ${names.join(', ')} } from '${from}'\nglobalThis.app = { ${names.join(', ').replace('default as ', '')} }`

/** Bytes after gzip, as a web server would send them. */
export const gzipped = (files: readonly (string | Uint8Array)[]) =>
  files.reduce((sum, file) => sum + gzipSync(file, { level: 9 }).length, 0)
