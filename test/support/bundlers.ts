/**
 * Bundlers as an app would set them up, each with its defaults.
 *
 * @module
 */
import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import resolve from '@rollup/plugin-node-resolve'
import terser from '@rollup/plugin-terser'
import * as esbuild from 'esbuild'
import { rollup } from 'rollup'
import * as vite from 'vite'
import webpack from 'webpack'

/**
 * Bundles an entry for browsers, as `main.js` in the folder `to`; returns the bundler's warnings.
 *
 * @param minify Whether Rollup and webpack, whose minifier is slow, minify. The others always do.
 */
type Bundler = (entry: string, to: string, minify?: boolean) => Promise<string[]>

export const bundlers: Readonly<Record<string, Bundler>> = {
  async Vite(entry, to) {
    const warnings: string[] = []
    await vite.build({
      configFile: false,
      root: join(entry, '..'),
      logLevel: 'silent',
      build: {
        outDir: to,
        rolldownOptions: {
          input: entry,
          output: { entryFileNames: 'main.js' },
          // Which plugin was slow says something about the machine only.
          onLog: (level, { code, message }) =>
            void (level === 'warn' && code !== 'PLUGIN_TIMINGS' && warnings.push(message)),
        },
      },
    })
    return warnings
  },

  async webpack(entry, to, minimize = true) {
    const compiler = webpack({
      mode: 'production',
      // A page that holds the emulator is larger than webpack advises for a page of users.
      performance: { hints: false },
      context: join(entry, '..'),
      entry,
      output: { path: to, filename: 'main.js' },
      optimization: { minimize },
    })
    const stats = await new Promise<webpack.Stats>((done, fail) =>
      compiler.run((error, stats) => (stats ? done(stats) : fail(error))),
    )
    await new Promise(done => compiler.close(done))
    const { errors = [], warnings = [] } = stats.toJson({ all: false, errors: true, warnings: true })
    if (errors.length) throw new Error(errors.map(({ message }) => message).join('\n'))
    return warnings.map(({ message }) => message)
  },

  async Rollup(entry, to, minify = true) {
    const warnings: string[] = []
    const build = await rollup({
      input: entry,
      plugins: [resolve({ browser: true })],
      onwarn: warning => void warnings.push(warning.message),
    })
    await build.write({
      dir: to,
      format: 'es',
      entryFileNames: 'main.js',
      plugins: minify ? [terser()] : [],
    })
    await build.close()
    return warnings
  },

  async esbuild(entry, to) {
    const { warnings } = await esbuild.build({
      entryPoints: { main: entry },
      outdir: to,
      bundle: true,
      minify: true,
      splitting: true,
      format: 'esm',
      logLevel: 'silent',
    })
    return warnings.map(({ text }) => text)
  },
}

/** The files that a bundler makes of an app, minified. */
export interface Bundle {
  /** What the page loads at once: the script, and the files that it imports. */
  readonly first: readonly string[]
  /** What it loads for `import()` of a module with this name, and has not loaded before. */
  later(module: string): readonly string[]
}

/**
 * Bundles an app that consists of this code.
 *
 * @param app A folder from which the package is found by its name.
 */
export async function bundleCode(app: string, bundler: string, code: string): Promise<Bundle> {
  const name = createHash('sha256').update(code).digest('hex').slice(0, 16)
  const entry = join(app, 'src', `${name}.js`)
  const folder = join(app, bundler, name)
  mkdirSync(join(app, 'src'), { recursive: true })
  // Files of an earlier bundle have other names.
  rmSync(folder, { recursive: true, force: true })
  writeFileSync(entry, code)
  // Otherwise esbuild follows the `paths` of this repository, to the sources.
  writeFileSync(join(app, 'tsconfig.json'), '{}')
  await bundlers[bundler]!(entry, folder)
  const first = withImports(join(folder, 'main.js'))
  return {
    first: [...first.values()],
    later(module) {
      const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      const name = names.find(each => basename(each).startsWith(`${module}-`))
      if (!name) throw new Error(`${bundler} made no file of ${module}`)
      const files = withImports(join(folder, name))
      return [...files].filter(([path]) => !first.has(path)).map(([, text]) => text)
    },
  }
}

/** A file and those that it imports, by their paths. */
function withImports(path: string, files = new Map<string, string>()): ReadonlyMap<string, string> {
  if (files.has(path)) return files
  const text = readFileSync(path, 'utf8')
  files.set(path, text)
  for (const [, imported] of text.matchAll(/(?:from|import) ?"(\.[^"]+)"/g))
    withImports(join(dirname(path), imported!), files)
  return files
}
