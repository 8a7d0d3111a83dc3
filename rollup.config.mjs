/**
 * Builds `dist/`: the SDK in its four forms.
 */
import { readFileSync } from 'node:fs'
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

export default [inOneFile, asModule, types('src/index.ts', 'dist/index.d.ts')]
