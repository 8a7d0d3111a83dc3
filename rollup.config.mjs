/**
 * Builds `dist/`: the SDK in its five forms, the elements, the emulator with the hosted UI, the test kits, and
 * the demo. `files` in
 * package.json lists what is published.
 */
import { createHash } from 'node:crypto'
import { chmodSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { basename, dirname, join, resolve as resolvePath } from 'node:path'
import commonjs from '@rollup/plugin-commonjs'
import resolve from '@rollup/plugin-node-resolve'
import terser from '@rollup/plugin-terser'
import { transform } from 'esbuild'
import { dts } from 'rollup-plugin-dts'
import esbuild from 'rollup-plugin-esbuild'
import license from 'rollup-plugin-license'
import { customElementsManifest } from './docs/custom-elements-manifest.mjs'

const { version, dependencies, bin } = JSON.parse(readFileSync('package.json', 'utf8'))
const banner = `/*! authsignal-channels ${version} | MIT */`

const compile = options => esbuild({ target: 'es2022', ...options })
const minify = terser({ format: { comments: /^!/ }, compress: { passes: 3 } })
const isDependency = id =>
  id in dependencies || Object.keys(dependencies).some(name => id.startsWith(`${name}/`))

/** Copies files into the folder of the bundle. */
const copy = (...files) => ({
  name: 'copy',
  buildStart() {
    for (const file of files) {
      this.addWatchFile(file)
      this.emitFile({ type: 'asset', fileName: basename(file), source: readFileSync(file) })
    }
  },
})

/**
 * Parts of ky that the SDK never uses, with their replacements. Only the SDK uses the ky in a script-tag file, so
 * these parts would only add bytes and start-up time.
 */
const KY_UNUSED = {
  // Upload and download progress.
  'utils/body.js': `
    export const getBodySize = () => 0
    export const streamRequest = request => request
    export const streamResponse = response => response`,
  // Merging the options of a call with those of an instance: each call of the SDK has all of its options.
  'utils/merge.js': `
    export const deepMerge = (...sources) => Object.assign({}, ...sources)
    export const validateAndMerge = deepMerge
    export const mergeHeaders = (_, headers) => new Headers(headers)
    export const mergeHooks = hooks => hooks`,
  // Retries: the SDK switches them off.
  'utils/normalize.js': `
    export const normalizeRequestMethod = method => method
    export const normalizeRetryOptions = limit => ({ limit })`,
  // Its timeout: a request in flight of the SDK has one.
  'utils/timeout.js': 'export default () => {}',
  // Additional options of fetch(), such as those of frameworks, and search parameters.
  'utils/options.js': `
    export const findUnknownOptions = () => ({})
    export const hasSearchParameters = () => false`,
}

/** Functions of ky that the SDK's calls do not run, or run on one path only, with their replacement. */
const KY_UNUSED_BODIES = {
  'core/constants.js': [
    // A check for streamed uploads, which takes a tenth of the start-up time.
    [/(?<=^export const supportsRequestStreams = )\(\(\) => {.*?^}\)\(\)/ms, 'false'],
  ],
  'core/Ky.js': [
    // Hooks, progress, search parameters, and the shortcuts for bodies, such as `.json()`.
    [/^ +for \(const hook of ky\.#options\.hooks\.afterResponse\) {.*?^ {12}}$/ms, ''],
    [/^ +if \(ky\.#options\.onDownloadProgress\) {.*?^ {12}}$/ms, ''],
    [/^ +for \(const \[type, mimeType\] of .*?^ {8}}$/ms, ''],
    [/^ +if \(hasSearchParameters\(.*?^ {8}}$/ms, ''],
    [/^ +if \(this\.#options\.onUploadProgress\) {.*?^ {8}}$/ms, ''],
    [/^ +for \(const hook of this\.#options\.hooks\.beforeRequest\) {.*?^ {8}}$/ms, ''],
    // Throwing HTTP errors: the SDK reads every response itself.
    [/^ +if \(!response\.ok && .*?^ {12}}$/ms, ''],
    // What only these parts called.
    ...[
      'static #normalizeSearchParams',
      '#calculateDelay',
      'async #calculateRetryDelay',
      '#cancelResponseBody',
      '#getNormalizedOptions',
      '#assignRequest',
      '#wrapRequestWithUploadProgress',
    ].map(name => [new RegExp(`^ {4}${name}\\(.*?^ {4}}$`, 'ms'), '']),
    [/(?<=^ {4}async #retry\(function_\) {\n).*?(?=^ {4}}$)/ms, 'return function_()\n'],
  ],
}

/** Removes the unused parts of ky. The build fails when ky no longer has these parts. */
const leanKy = {
  name: 'lean-ky',
  transform(code, id) {
    const [, file] = id.match(/\/ky\/distribution\/(.+)$/) ?? []
    let lean = KY_UNUSED[file]
    if (lean && exportsOf(lean) !== exportsOf(code)) this.error(`${file} of ky no longer exports what it did`)
    for (const [unused, replacement] of KY_UNUSED_BODIES[file] ?? []) {
      lean ??= code
      if (!unused.test(lean)) this.error(`${file} of ky no longer has ${unused}`)
      lean = lean.replace(unused, replacement)
    }
    return lean && { code: lean, map: { mappings: '' } }
  },
}

const exportsOf = code =>
  [...code.matchAll(/^ *export const (\w+)/gm)]
    .map(([, name]) => name)
    .sort()
    .join()

/** Limits source maps to our own code: with the dependencies they would be most of the package. */
const ownSourceMaps = {
  name: 'own-source-maps',
  transform: (code, id) => (id.includes('node_modules') ? { code, map: { mappings: '' } } : null),
}

/** Writes the licences of bundled packages, which require their text to be included. */
const licences = folder => license({ thirdParty: { output: { file: `${folder}/licenses.txt` } } })

/** Prints the `integrity` values of the script-tag files. */
const integrity = {
  name: 'integrity',
  writeBundle({ file }) {
    this.info(`${file} sha384-${createHash('sha384').update(readFileSync(file)).digest('base64')}`)
  },
}

const forScriptTags = [compile(), resolve({ browser: true }), leanKy, ownSourceMaps]

const inOneFile = {
  input: 'src/client/index.ts',
  plugins: [...forScriptTags, licences('dist'), integrity],
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

/** For pages that need only codes and the hosted page. `inOneFile` writes the licences of both. */
const coreInOneFile = {
  input: 'src/client/core.ts',
  plugins: [...forScriptTags, integrity],
  output: {
    file: 'dist/authsignal.core.umd.min.js',
    format: 'umd',
    name: 'authsignal',
    banner,
    sourcemap: true,
    plugins: [minify],
  },
}

/**
 * One module for each source file, so that bundlers can drop unused files (`sideEffects: false`). esbuild keeps all
 * imports of a used file from a dependency that does not declare `sideEffects: false`.
 */
const asModule = {
  input: 'src/client/index.ts',
  external: isDependency,
  plugins: [
    { name: 'tidy-modules', renderStart: () => rmSync('dist/client', { recursive: true, force: true }) },
    compile(),
  ],
  output: {
    dir: 'dist',
    format: 'es',
    preserveModules: true,
    preserveModulesRoot: 'src/client',
    entryFileNames: ({ name }) => (name === 'index' ? 'index.js' : `client/${name}.js`),
    sourcemap: true,
  },
}

const types = (input, file, ...plugins) => ({
  input,
  external: id => !/^[./]/.test(id),
  plugins: [...plugins, dts()],
  output: { file, format: 'es' },
})

/** Takes the white space out of style sheets that are part of a script. */
const leanStyles = {
  name: 'lean-styles',
  transform(code, id) {
    if (!/[/-]style\.ts$/.test(id)) return null
    const lean = css =>
      css
        .replace(/\/\*.*?\*\//gs, '')
        .replace(/\s+/g, ' ')
        .replace(/ ?([{;,]|: |!| }) ?/g, (_, sign) => sign.trim())
    return { code: code.replace(/`(@layer|\$\{GROUND\})[^`]+`/, lean), map: null }
  },
}

/** Markup that no framework draws names what it compiles to itself. */
const withMarkup = compile({ jsx: 'automatic' })

/**
 * What the elements import of the package is a file already: where `dist/` has it, seen from `src/elements/`. Each name
 * is imported from its own file, not from the one that lists them all: esbuild would load what a part of the element
 * imports of that list with the page.
 */
const built = {
  name: 'built',
  resolveId(id, importer) {
    const names = resolvePath('src/client/index.ts')
    if (id === 'authsignal-channels') return { id: names, moduleSideEffects: false }
    const file =
      importer === names
        ? join('src/client', id)
        : id.includes('/client/')
          ? id.replace(/^.*\/client\//, 'src/client/')
          : id.endsWith('/qr-picture.js') && 'src/elements/qr-picture.js'
    return file ? { id: resolvePath(file), external: 'relative', moduleSideEffects: false } : null
  },
}

/** One module for each source file, for the same reason as `asModule`. Two register what they export. */
const elements = {
  input: ['src/elements/index.ts', 'src/elements/challenge/index.ts', 'src/elements/code/index.ts'],
  plugins: [
    { name: 'tidy-elements', renderStart: () => rmSync('dist/elements', { recursive: true, force: true }) },
    built,
    leanStyles,
    withMarkup,
    {
      name: 'custom-elements-manifest',
      generateBundle() {
        const source = `${JSON.stringify(customElementsManifest(), null, 2)}\n`
        this.emitFile({ type: 'asset', fileName: 'custom-elements.json', source })
      },
    },
  ],
  output: {
    dir: 'dist/elements',
    format: 'es',
    preserveModules: true,
    preserveModulesRoot: 'src/elements',
    sourcemap: true,
  },
}

/** Loaded when it is needed, so it is a file of its own. */
const qrPicture = {
  input: 'src/elements/qr-picture.ts',
  plugins: [compile(), resolve({ browser: true }), commonjs(), ownSourceMaps, licences('dist/elements')],
  output: { file: 'dist/elements/qr-picture.js', format: 'es', sourcemap: true, plugins: [minify] },
}

/** Everything for a script tag: the elements and the part of the SDK that they need. */
const elementsInOneFile = {
  input: 'src/elements/script-tag.ts',
  plugins: [
    {
      name: 'sources',
      resolveId: id => (id === 'authsignal-channels' ? resolvePath('src/client/index.ts') : null),
    },
    {
      name: 'on-demand',
      // Relative to the script, also in one that is no module.
      resolveId(id) {
        const [file] = id.match(/qr-picture\.js$|locales\/\w+\.js$/) ?? []
        if (!file) return null
        const folder = file.startsWith('locales') ? './elements/challenge/wording' : './elements'
        return { id: `${folder}/${file}`, external: true }
      },
    },
    leanStyles,
    withMarkup,
    resolve({ browser: true }),
    leanKy,
    ownSourceMaps,
    integrity,
  ],
  output: {
    file: 'dist/authsignal-elements.umd.min.js',
    format: 'umd',
    name: 'authsignalElements',
    // A script tag loads one file, whatever the user needs of it.
    inlineDynamicImports: true,
    banner,
    sourcemap: true,
    plugins: [minify],
  },
}

/**
 * The types of frameworks are published as they are written. Few apps have all of these packages, and the build would
 * drop the `@ts-expect-error` comments, without which a missing package is an error.
 */
const frameworks = {
  name: 'frameworks',
  resolveId(id, importer) {
    if (!id.endsWith('/jsx.js')) return null
    return { id: join(dirname(importer), 'jsx.js'), external: 'relative' }
  },
  buildStart() {
    for (const element of ['challenge', 'code']) {
      const source = readFileSync(`src/elements/${element}/jsx.ts`, 'utf8')
        .replace(/^ *\/\/ biome-.*\n/gm, '')
        .replace(/'\.\/[\w/]+\.js'/g, "'./index.js'")
      this.emitFile({ type: 'asset', fileName: `${element}/jsx.d.ts`, source })
    }
  },
}

const elementTypes = {
  input: {
    index: 'src/elements/index.ts',
    'challenge/index': 'src/elements/challenge/index.ts',
    'code/index': 'src/elements/code/index.ts',
  },
  external: id => !/^[./]/.test(id),
  plugins: [frameworks, dts()],
  output: { dir: 'dist/elements', format: 'es', entryFileNames: '[name].d.ts' },
}

/**
 * Loads Node's modules on demand. A page can include the emulator too, and its bundler would otherwise try to
 * resolve the imports of `listen()`.
 */
const builtins = {
  name: 'builtins',
  resolveId: id => (isBuiltin(id) ? { id: `\0${id}`, syntheticNamedExports: true } : null),
  load: id => (isBuiltin(id.slice(1)) ? `export default process.getBuiltinModule('${id.slice(1)}')` : null),
}

/** The adapter of Node asks whether a request is one of HTTP/2. The emulator has none, and loading the module takes time. */
const withoutHttp2 = {
  name: 'without-http2',
  resolveId: id => (id === 'node:http2' ? '\0without-http2' : null),
  load: id =>
    id === '\0without-http2' ? 'export class Http2ServerRequest {}\nexport const constants = {}' : null,
}

/** Removes modules of an earlier build, because everything in the folder is published. */
const tidy = {
  name: 'tidy',
  writeBundle({ dir }, bundle) {
    const modules = readdirSync(dir).filter(file => /\.js(\.map)?$/.test(file))
    for (const file of modules) if (!(file in bundle)) rmSync(join(dir, file))
  },
}

/**
 * Makes modules smaller, because reading and compiling them is most of the time until the emulator has started. Names
 * stay: some code of dependencies reads them. The source maps lead to our own code as it is.
 */
const leanModules = {
  name: 'lean-modules',
  renderChunk: code =>
    transform(code, { minifyWhitespace: true, minifySyntax: true, legalComments: 'none', sourcemap: true }),
}

/**
 * Joins the modules that are always loaded together: few files start faster than many. What is loaded on demand, and
 * only that, stays on its own.
 */
const LOADED_BY = {
  // In a page, too. `listen()` uses the second one.
  emulator: ['emulator.ts', 'http/loopback.ts'],
  // With the first request.
  routes: ['routes/index.ts'],
  node: ['node/listen.ts', 'node/cli.ts', 'node/bin/run.ts'],
}

function joined(id, { getModuleInfo }) {
  for (const [chunk, files] of Object.entries(LOADED_BY)) {
    const starts = files.map(file => resolvePath('src/emulator', file))
    // A set also iterates over what is added meanwhile.
    const loaded = new Set(starts)
    for (const each of loaded)
      for (const imported of getModuleInfo(each)?.importedIds ?? []) loaded.add(imported)
    if (loaded.has(id)) return chunk
  }
  return undefined
}

/** Makes the commands executable, as npm does when it finds them: a tarball holds the modes of its files. */
const executable = {
  name: 'executable',
  writeBundle({ dir }) {
    for (const file of Object.values(bin)) chmodSync(join(dir, basename(file)), 0o755)
  },
}

const emulator = {
  input: {
    index: 'src/emulator/index.ts',
    'authsignal-channels': 'src/emulator/node/bin/authsignal-channels.ts',
    'authsignal-emulator': 'src/emulator/node/bin/authsignal-emulator.ts',
  },
  onLog(level, log, report) {
    const isTheirs = log.code === 'CIRCULAR_DEPENDENCY' && log.ids.every(id => id.includes('node_modules'))
    if (!isTheirs) report(level, log)
  },
  plugins: [
    withoutHttp2,
    builtins,
    compile(),
    resolve({ exportConditions: ['node'], preferBuiltins: true }),
    // Optional dependencies of ws, which make it faster.
    commonjs({ ignore: ['bufferutil', 'utf-8-validate'], requireReturnsDefault: 'preferred' }),
    ownSourceMaps,
    licences('dist/emulator'),
    copy('src/emulator/seed.schema.json'),
    leanModules,
    tidy,
    executable,
  ],
  output: {
    dir: 'dist/emulator',
    format: 'es',
    manualChunks: joined,
    chunkFileNames: ({ name }) => `${{ index: 'providers' }[name] ?? name}.js`,
    sourcemap: true,
  },
}

/** For an executable, which `src/emulator/node/binary/build.mjs` makes: one script, without anything to load. */
const binary = {
  ...emulator,
  input: 'src/emulator/node/binary/main.ts',
  plugins: emulator.plugins.slice(0, 5),
  output: {
    file: 'dist/binary/main.cjs',
    format: 'cjs',
    inlineDynamicImports: true,
    // ws tries to load its optional dependencies; in an executable Node warns of that.
    intro: "process.env.WS_NO_BUFFER_UTIL = process.env.WS_NO_UTF_8_VALIDATE = '1'",
  },
}

/** Their users have the test runner; the emulator is that of this package. */
const testing = {
  input: { playwright: 'src/testing/playwright.ts', vitest: 'src/testing/vitest.ts' },
  external: id => isBuiltin(id) || /^(@playwright\/test|vitest|authsignal-channels)(\/|$)/.test(id),
  plugins: [
    compile(),
    resolve({ exportConditions: ['node'], preferBuiltins: true }),
    commonjs(),
    ownSourceMaps,
    licences('dist/testing'),
    leanModules,
    tidy,
  ],
  output: { dir: 'dist/testing', format: 'es', sourcemap: true, chunkFileNames: '[name].js' },
}

const hostedUi = {
  input: 'src/emulator/hosted-ui/challenge.ts',
  plugins: [
    leanStyles,
    compile({ jsx: 'automatic', jsxImportSource: 'preact' }),
    resolve({ browser: true }),
    leanKy,
    commonjs(),
    ownSourceMaps,
    licences('dist/emulator/hosted-ui'),
    copy('src/emulator/hosted-ui/challenge.html', 'src/emulator/hosted-ui/page.css'),
  ],
  output: {
    dir: 'dist/emulator/hosted-ui',
    format: 'es',
    chunkFileNames: '[name].js',
    sourcemap: true,
    plugins: [minify],
  },
}

const inspector = {
  input: 'src/emulator/inspector/inspector.tsx',
  plugins: [
    compile({ jsx: 'automatic', jsxImportSource: 'preact' }),
    resolve({ browser: true }),
    ownSourceMaps,
    licences('dist/emulator/inspector'),
    copy(
      'src/emulator/inspector/theme.css',
      'src/emulator/inspector/inspector.html',
      'src/emulator/inspector/inspector.css',
    ),
  ],
  output: { dir: 'dist/emulator/inspector', format: 'es', sourcemap: true, plugins: [minify] },
}

const demoPage = {
  input: 'demo/page/main.tsx',
  plugins: [
    compile({ jsx: 'automatic', jsxImportSource: 'preact' }),
    resolve({ browser: true }),
    commonjs(),
    copy(
      'src/emulator/inspector/theme.css',
      'demo/page/index.html',
      'demo/page/script-tag.html',
      'demo/page/page.css',
    ),
  ],
  output: { dir: 'dist/demo/page', format: 'es', sourcemap: true },
}

const demoApp = {
  input: 'demo/app/server.ts',
  external: id => !/^[./]/.test(id) && !id.endsWith('server.ts'),
  plugins: [compile()],
  output: { file: 'dist/demo/server.js', format: 'es', sourcemap: true },
}

const published = [
  inOneFile,
  coreInOneFile,
  asModule,
  types('src/client/index.ts', 'dist/index.d.ts'),
  elements,
  qrPicture,
  elementsInOneFile,
  elementTypes,
  emulator,
  types('src/emulator/index.ts', 'dist/emulator/index.d.ts'),
  testing,
  types('src/testing/playwright.ts', 'dist/testing/playwright.d.ts'),
  types('src/testing/vitest.ts', 'dist/testing/vitest.d.ts'),
  hostedUi,
  inspector,
]

/** `--configBinary` builds what the executable is made of, `--configPublished` the package without the demo. */
export default ({ configBinary, configPublished }) => {
  if (configBinary) return [binary]
  return configPublished ? published : [...published, demoPage, demoApp]
}
