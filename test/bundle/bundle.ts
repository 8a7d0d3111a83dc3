/** Bundles an import the way an app's bundler would, to see what of the SDK ends up in the app. */
import { resolve as resolvePath } from 'node:path'
import { gzipSync } from 'node:zlib'
import resolve from '@rollup/plugin-node-resolve'
import terser from '@rollup/plugin-terser'
import { type Plugin, rollup } from 'rollup'

const ENTRY = resolvePath('entry.js')

const bundles = new Map<string, Promise<string>>()

/** @param code Imports from `authsignal-channels`, which is the built `dist/index.js`. */
export function bundle(code: string): Promise<string> {
  const made = bundles.get(code) ?? make(code)
  bundles.set(code, made)
  return made
}

async function make(code: string): Promise<string> {
  const app: Plugin = {
    name: 'app',
    resolveId(id) {
      if (id === ENTRY) return id
      return id === 'authsignal-channels' ? this.resolve('./dist/index.js', ENTRY) : null
    },
    load: id => (id === ENTRY ? code : null),
  }
  const build = await rollup({ input: ENTRY, plugins: [app, resolve({ browser: true })] })
  const { output } = await build.generate({ format: 'es', plugins: [terser({ compress: { passes: 3 } })] })
  return output[0].code
}

/** Bytes after gzip, as a web server would send them. */
export const gzipped = (code: string | Uint8Array) => gzipSync(code, { level: 9 }).length
