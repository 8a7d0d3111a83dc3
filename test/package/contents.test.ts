/** What is in the tarball, and what its package.json says of it. */
import { existsSync, readFileSync, statSync } from 'node:fs'
import { isBuiltin, SourceMap } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { createContext, runInContext } from 'node:vm'
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'
import { expect, inject, test } from 'vitest'
import { manifest, PACKAGE, packedFiles, read } from './packed.js'
import { importsOf } from './syntax.js'

const scripts = packedFiles.filter(file => /\.m?js$/.test(file))
const modules = scripts.filter(file => file.startsWith('dist/client/'))

test('the package holds what is needed, with source maps, and nothing else', () => {
  const inner =
    /^dist\/client\/.+\.js$|^dist\/elements\/(?!.*index)[^.]+\.js$|^dist\/emulator\/hosted-ui\/(?!challenge|qr-picture)[^/]+\.js$|^dist\/emulator\/(?!index|authsignal-)[^/]+\.js$|^dist\/testing\/(?!playwright|vitest)[^/]+\.js$|\.map$/
  const named = packedFiles.filter(file => !inner.test(file))
  expect(named).toEqual([
    'LICENSE',
    'README.md',
    'dist/authsignal-elements.umd.min.js',
    'dist/authsignal.core.umd.min.js',
    'dist/authsignal.min.mjs',
    'dist/authsignal.umd.js',
    'dist/authsignal.umd.min.js',
    'dist/elements/challenge/index.d.ts',
    'dist/elements/challenge/index.js',
    'dist/elements/challenge/jsx.d.ts',
    'dist/elements/code/index.d.ts',
    'dist/elements/code/index.js',
    'dist/elements/code/jsx.d.ts',
    'dist/elements/custom-elements.json',
    'dist/elements/index.d.ts',
    'dist/elements/index.js',
    'dist/elements/licenses.txt',
    'dist/emulator/authsignal-channels.js',
    'dist/emulator/authsignal-emulator.js',
    'dist/emulator/hosted-ui/challenge.html',
    'dist/emulator/hosted-ui/challenge.js',
    'dist/emulator/hosted-ui/licenses.txt',
    'dist/emulator/hosted-ui/page.css',
    'dist/emulator/hosted-ui/qr-picture.js',
    'dist/emulator/index.d.ts',
    'dist/emulator/index.js',
    'dist/emulator/inspector/inspector.css',
    'dist/emulator/inspector/inspector.html',
    'dist/emulator/inspector/inspector.js',
    'dist/emulator/inspector/licenses.txt',
    'dist/emulator/inspector/theme.css',
    'dist/emulator/licenses.txt',
    'dist/emulator/seed.schema.json',
    'dist/index.d.ts',
    'dist/index.js',
    'dist/licenses.txt',
    'dist/testing/licenses.txt',
    'dist/testing/playwright.d.ts',
    'dist/testing/playwright.js',
    'dist/testing/vitest.d.ts',
    'dist/testing/vitest.js',
    'package.json',
  ])
  expect(packedFiles.filter(file => file.endsWith('.map'))).toEqual(scripts.map(file => `${file}.map`).sort())
})

test('publint finds nothing, however strict', async () => {
  const data = readFileSync(inject('tarball'))
  const tarball = data.buffer.slice(data.byteOffset, data.byteOffset + data.byteLength)
  const { messages, pkg } = await publint({ pack: { tarball }, strict: true })
  expect(messages.map(message => formatMessage(message, pkg, { color: false }))).toEqual([])
})

test('the types are correct for every program that can import a module', async () => {
  const result = await checkPackage(createPackageFromTarballData(readFileSync(inject('tarball'))))
  if (!result.types) throw new Error('The package has no types')
  expect(Object.keys(result.entrypoints)).toEqual([
    '.',
    './elements',
    './elements/challenge',
    './elements/code',
    './emulator',
    './testing/playwright',
    './testing/vitest',
    './package.json',
  ])
  // The package is ESM only. `node10` reads no "exports", and is gone from TypeScript 7; to what `require()`
  // finds, `node16-cjs` objects in principle, while Node itself loads it, as node.test.ts shows.
  const problems = result.problems.filter(
    problem => !('resolutionKind' in problem && /^node10$|^node16-cjs$/.test(problem.resolutionKind)),
  )
  expect(problems).toEqual([])
})

test('the script-tag file makes one global, authsignal, with the names that the module exports', async () => {
  const module: object = await import(pathToFileURL(join(PACKAGE, manifest.exports['.'].default)).href)
  for (const field of ['unpkg', 'jsdelivr']) {
    const page = createContext({ URL, TextEncoder, performance, crypto })
    const before = Object.keys(page)
    runInContext(read(manifest[field]), page)
    expect(Object.keys(page).filter(name => !before.includes(name))).toEqual(['authsignal'])
    expect(Object.keys(page.authsignal).sort()).toEqual(Object.keys(module).sort())
  }
})

test('the smaller script-tag file makes the same global, with what codes and the hosted page need', async () => {
  const page = createContext({ URL, TextEncoder, performance, crypto })
  const before = Object.keys(page)
  runInContext(read('dist/authsignal.core.umd.min.js'), page)
  expect(Object.keys(page).filter(name => !before.includes(name))).toEqual(['authsignal'])
  expect(Object.keys(page.authsignal).sort()).toEqual([
    'AuthsignalWindowMessage',
    'ErrorCode',
    'createClient',
    'email',
    'emailML',
    'handleRedirect',
    'launch',
    'sms',
    'totp',
    'userMessage',
    'whatsapp',
  ])
})

test('the modules leave each dependency to the app, and import no other', () => {
  const imported = ['dist/index.js', ...modules].flatMap(file =>
    importsOf(read(file)).map(name => (name.startsWith('.') ? join(dirname(file), name) : name)),
  )
  const dependencies = new Set(imported.filter(name => !packedFiles.includes(name)))
  expect([...dependencies].sort()).toEqual(Object.keys(manifest.dependencies).sort())
  // Bundlers drop only what a module of ours imports: none of it is needed by the entry itself.
  expect(importsOf(read('dist/index.js')).filter(name => !name.startsWith('.'))).toEqual([])
  expect(modules.filter(file => !imported.includes(file))).toEqual([])
})

test('the Custom Elements Manifest describes the elements as they are', async () => {
  const elements = await import(pathToFileURL(join(PACKAGE, manifest.exports['./elements'].default)).href)
  const { modules } = JSON.parse(read(manifest.customElements))
  const described = modules.flatMap(({ declarations }: { declarations: object[] }) => declarations)
  expect(described.map(({ tagName }: { tagName: string }) => tagName)).toEqual([
    'authsignal-challenge',
    'authsignal-code',
  ])
  for (const { name, attributes, events, description, members } of described) {
    const names = attributes.map(({ name }: { name: string }) => name)
    expect(names).toEqual(expect.arrayContaining([...elements[name].observedAttributes]))
    for (const each of [...attributes, ...events, ...members, { name, description }])
      expect(each.description, each.name).not.toBe('')
  }
  const [{ events }] = described
  expect(events.map(({ name }: { name: string }) => name)).toEqual([
    'ready',
    'success',
    'cancel',
    'error',
    'step',
  ])
})

test('the elements import nothing but files of the package', () => {
  for (const file of scripts.filter(file => file.startsWith('dist/elements/')))
    for (const name of importsOf(read(file))) expect(packedFiles).toContain(join(dirname(file), name))
})

test('the test kits import the test runner, this package, and nothing else that must be installed', () => {
  const imported = scripts
    .filter(file => file.startsWith('dist/testing/'))
    .flatMap(file => importsOf(read(file)).filter(name => !name.startsWith('.') && !isBuiltin(name)))
  const peers = Object.keys(manifest.peerDependencies)
  expect([...new Set(imported)].sort()).toEqual([...peers, 'authsignal-channels/emulator'].sort())
  for (const name of peers) expect(manifest.peerDependenciesMeta[name]).toEqual({ optional: true })
})

test('the emulator imports nothing but its own files', () => {
  for (const file of scripts.filter(file => file.startsWith('dist/emulator/'))) {
    for (const name of importsOf(read(file))) expect(packedFiles).toContain(join(dirname(file), name))
  }
})

test.each(scripts)('%s has a source map that holds our sources, and of no dependency', file => {
  const [, url] = read(file).match(/\n\/\/# sourceMappingURL=(.+)\n?$/) ?? []
  expect(url).toBe(`${basename(file)}.map`)
  const map = JSON.parse(read(`${file}.map`))
  expect(map.sourceRoot).toBeUndefined()
  expect(map.sources).toHaveLength(map.sourcesContent.length)
  for (const [index, source] of map.sources.entries()) {
    expect(source).toMatch(/^\.\.\/(?!.*node_modules)/)
    expect(existsSync(join(dirname(file), source)), source).toBe(true)
    expect(map.sourcesContent[index]).toEqual(expect.any(String))
  }
})

test.each(scripts.filter(file => /^dist\/authsignal\.|\/options\.js$/.test(file)))(
  'an error in %s is shown in its source',
  file => {
    const lines = read(file).split('\n')
    const line = lines.findIndex(text => text.includes('__as_aid'))
    const { sources, sourcesContent, ...map } = JSON.parse(read(`${file}.map`))
    const found = new SourceMap({ sources, ...map }).findEntry(line, lines[line]!.indexOf('__as_aid'))
    if (!('originalSource' in found)) throw new Error('The map has no entry for the place')
    const original: string = sourcesContent[sources.indexOf(found.originalSource)]
    expect(original.split('\n')[found.originalLine]).toContain('__as_aid')
  },
)

test('no file names a folder of the machine that built it', () => {
  for (const file of packedFiles) expect(read(file), file).not.toContain(process.cwd())
})

test('the unpacked package weighs less than 9 MB', () => {
  const bytes = packedFiles.map(file => statSync(join(PACKAGE, file)).size)
  expect(bytes.reduce((sum, size) => sum + size, 0)).toBeLessThan(9_000_000)
})
