/**
 * Builds `dist/`: the SDK in its four forms, the emulator with the hosted UI, and the demo.
 * What of it is published is said by `files` in package.json.
 */
import { readFileSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { basename } from 'node:path'
import commonjs from '@rollup/plugin-commonjs'
import resolve from '@rollup/plugin-node-resolve'
import terser from '@rollup/plugin-terser'
import { dts } from 'rollup-plugin-dts'
import esbuild from 'rollup-plugin-esbuild'

const { version, dependencies } = JSON.parse(readFileSync('package.json', 'utf8'))
const banner = `/*! authsignal-channels ${version} | MIT */`

const compile = options => esbuild({ target: 'es2022', ...options })
const minify = terser({ format: { comments: /^!/ }, compress: { passes: 3 } })
const isDependency = id =>
  id in dependencies || Object.keys(dependencies).some(name => id.startsWith(`${name}/`))

/** Copies files as they are into the folder that the bundle goes to. */
const copy = (...files) => ({
  name: 'copy',
  buildStart() {
    for (const file of files) {
      this.addWatchFile(file)
      this.emitFile({ type: 'asset', fileName: basename(file), source: readFileSync(file) })
    }
  },
})

const inOneFile = {
  input: 'src/index.ts',
  plugins: [compile(), resolve({ browser: true })],
  output: [
    { file: 'dist/authsignal.umd.js', format: 'umd', name: 'authsignal', banner, sourcemap: true },
    {
      file: 'dist/authsignal.umd.min.js',
      format: 'umd',
      name: 'authsignal',
      banner,
      sourcemap: true,
      plugins: [minify],
    },
    { file: 'dist/authsignal.min.mjs', format: 'es', banner, sourcemap: true, plugins: [minify] },
  ],
}

const asModule = {
  input: 'src/index.ts',
  external: isDependency,
  plugins: [compile()],
  output: { file: 'dist/index.js', format: 'es', sourcemap: true },
}

const types = (input, file) => ({
  input,
  external: id => !/^[./]/.test(id),
  plugins: [dts()],
  output: { file, format: 'es' },
})

const emulator = {
  input: { index: 'demo/emulator/index.ts', cli: 'demo/emulator/cli.ts' },
  external: isBuiltin,
  onLog(level, log, report) {
    const isTheirs = log.code === 'CIRCULAR_DEPENDENCY' && log.ids.every(id => id.includes('node_modules'))
    if (!isTheirs) report(level, log)
  },
  plugins: [
    compile(),
    resolve({ exportConditions: ['node'], preferBuiltins: true }),
    // What ws would be faster with, and does without.
    commonjs({ ignore: ['bufferutil', 'utf-8-validate'] }),
  ],
  output: { dir: 'dist/emulator', format: 'es', chunkFileNames: '[name].js', sourcemap: true },
}

const hostedUi = {
  input: 'demo/hosted-ui/challenge.tsx',
  plugins: [
    compile({ jsx: 'automatic', jsxImportSource: 'preact' }),
    resolve({ browser: true }),
    commonjs(),
    copy('demo/theme.css', 'demo/hosted-ui/challenge.html', 'demo/hosted-ui/challenge.css'),
  ],
  output: { dir: 'dist/emulator/hosted-ui', format: 'es', plugins: [minify] },
}

const demoPage = {
  input: 'demo/page/main.tsx',
  plugins: [
    compile({ jsx: 'automatic', jsxImportSource: 'preact' }),
    resolve({ browser: true }),
    commonjs(),
    copy('demo/theme.css', 'demo/page/index.html', 'demo/page/script-tag.html', 'demo/page/page.css'),
  ],
  output: { dir: 'dist/demo/page', format: 'es', sourcemap: true },
}

const demoApp = {
  input: 'demo/app/server.ts',
  external: id => !/^[./]/.test(id) && !id.endsWith('server.ts'),
  plugins: [compile()],
  output: { file: 'dist/demo/server.js', format: 'es', sourcemap: true },
}

export default [
  inOneFile,
  asModule,
  types('src/index.ts', 'dist/index.d.ts'),
  emulator,
  types('demo/emulator/index.ts', 'dist/emulator/index.d.ts'),
  hostedUi,
  demoPage,
  demoApp,
]
