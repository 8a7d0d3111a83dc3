/** What is in the tarball, and what its package.json says of it. */
import { existsSync, readFileSync } from 'node:fs'
import { SourceMap } from 'node:module'
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

test('the package holds what is needed, with source maps, and nothing else', () => {
  const named = packedFiles.filter(file => !/^dist\/emulator\/(?!index|cli)[^/]+\.js$|\.map$/.test(file))
  expect(named).toEqual([
    'LICENSE',
    'README.md',
    'dist/authsignal.min.mjs',
    'dist/authsignal.umd.js',
    'dist/authsignal.umd.min.js',
    'dist/emulator/cli.js',
    'dist/emulator/hosted-ui/challenge.css',
    'dist/emulator/hosted-ui/challenge.html',
    'dist/emulator/hosted-ui/challenge.js',
    'dist/emulator/hosted-ui/licenses.txt',
    'dist/emulator/hosted-ui/theme.css',
    'dist/emulator/index.d.ts',
    'dist/emulator/index.js',
    'dist/emulator/licenses.txt',
    'dist/index.d.ts',
    'dist/index.js',
    'dist/licenses.txt',
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

test('the types are not wrong, for whoever can import a module', async () => {
  const result = await checkPackage(createPackageFromTarballData(readFileSync(inject('tarball'))))
  if (!result.types) throw new Error('The package has no types')
  expect(Object.keys(result.entrypoints)).toEqual(['.', './emulator', './package.json'])
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

test('the module leaves each dependency to the app, and imports no other', () => {
  expect(importsOf(read('dist/index.js'))).toEqual(Object.keys(manifest.dependencies).sort())
})

test('the emulator imports nothing but its own files', () => {
  const modules = scripts.filter(file => file.startsWith('dist/emulator/'))
  for (const file of modules) {
    for (const name of importsOf(read(file))) expect(packedFiles).toContain(join(dirname(file), name))
  }
})

test.each(scripts)('the licence of everything that %s bundles goes along with it', file => {
  const { sources }: { sources: string[] } = JSON.parse(read(`${file}.map`))
  const bundled = sources.flatMap(source => source.match(/.*node_modules\/((?:@[^/]+\/)?[^/]+)\//)?.[1] ?? [])
  for (const name of new Set(bundled))
    expect(read(join(dirname(file), 'licenses.txt')).split('\n')).toContain(`Name: ${name}`)
})

test.each(scripts)('%s has a source map that holds its sources', file => {
  const [, url] = read(file).match(/\n\/\/# sourceMappingURL=(.+)\n?$/) ?? []
  expect(url).toBe(`${basename(file)}.map`)
  const map = JSON.parse(read(`${file}.map`))
  expect(map.sourceRoot).toBeUndefined()
  expect(map.sources).toHaveLength(map.sourcesContent.length)
  for (const [index, source] of map.sources.entries()) {
    expect(source).toMatch(/^\.\.\//)
    expect(existsSync(join(dirname(file), source)), source).toBe(true)
    expect(map.sourcesContent[index]).toEqual(expect.any(String))
  }
})

test.each(scripts.filter(file => !file.includes('emulator')))(
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
