/** What a reader copies compiles, and is run: by a test that follows the guide, or by a test that names it. */
import { spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { type FileStep, readGuide } from '../../demo/examples/guide.js'
import { block, blocks, CACHE, PAGES, runnable } from '../support/documentation.js'

const { name, version } = JSON.parse(readFileSync('package.json', 'utf8'))

/** What is no code of a program, or of one in a language that the tests do not need. */
const OTHER = ['sh', 'http', 'python', 'ruby', 'go', 'php', 'java']

const GUIDES = PAGES.filter(page => page === 'README.md' || page.startsWith('docs/guides/'))
const FOLDER = join(CACHE, 'blocks')

test('every block of code is a file, an alternative, or code that a test runs', () => {
  const loose = blocks.filter(({ marker, language }) => !marker && !OTHER.includes(language))
  expect(loose.map(({ page, code }) => `${page}: ${code.split('\n')[0]}`)).toEqual([])
})

test.each(GUIDES)('%s names each of its files in the text above it', page => {
  const text = readFileSync(page, 'utf8')
  const unnamed = filesOf(page).filter(({ path }) => {
    const parts = text.split(`<!-- file: ${path} -->`).slice(0, -1)
    return !parts.every(above => above.slice(-400).includes(`\`${path}\``))
  })
  expect(unnamed.map(({ path }) => path)).toEqual([])
})

/** Read by a tool that the reader starts. */
const FOR_TOOLS = /^(?:index\.html|(?:ts|vite\.|playwright\.)config\.?(?:ts|json)|.*\.(?:test|spec)\.ts)$/

test.each(GUIDES)('each file of %s is part of what the reader runs, or is run by a test', page => {
  const tests = readdirSync('test/docs')
    .filter(file => file.endsWith('.test.ts'))
    .map(file => readFileSync(`test/docs/${file}`, 'utf8'))
    .join()
  const steps = readGuide(page)
  const isUsed = ({ path }: FileStep) =>
    steps.some(step => {
      const text = step.kind === 'command' ? step.line : step.path === path ? '' : step.code
      return new RegExp(`[/ ]${basename(path).replace(/\.\w+$/, '')}\\.\\w+`).test(text)
    })
  const isTested = ({ path }: FileStep) => {
    const called = `${basename(page, '.md')}/${path.replace(/^src\/|\.\w+$/g, '')}`
    return tests.includes(`'${called}'`) || tests.includes(path.replace(/^public/, ''))
  }
  const idle = filesOf(page).filter(
    step => !FOR_TOOLS.test(basename(step.path)) && !isUsed(step) && !isTested(step),
  )
  expect(idle.map(({ path }) => path)).toEqual([])
})

test('every other block that can be run is run by a test', () => {
  const tests = readdirSync('test/docs')
    .filter(file => file.endsWith('.test.ts'))
    .map(file => readFileSync(`test/docs/${file}`, 'utf8'))
    .join()
  const others = runnable.filter(({ marker }) => marker === 'run')
  expect(others.map(({ name }) => name).filter(name => !tests.includes(`'${name}'`))).toEqual([])
})

test('the blocks compile under the strictest settings, against the built declarations', () => {
  rmSync(FOLDER, { recursive: true, force: true })
  const files = [
    ...GUIDES.flatMap(writeFolders),
    ...runnable
      .filter(({ marker, language }) => marker === 'run' && /^tsx?$/.test(language))
      .map(({ name, language, code }) => write(`${name}.${language}`, code)),
    write(
      'vue.d.ts',
      'declare module "*.vue" { const component: import("vue").Component; export default component }',
    ),
  ]
  expect(compile(files, { module: 'ESNext', moduleResolution: 'bundler' })).toBe('')
})

test('the files of server rendering compile as modules of Node too', () => {
  const files = filesOf('docs/guides/server-rendering.md')
    .filter(({ path }) => /\.tsx?$/.test(path))
    .map(({ path, code }) => write(`nodenext/${path}`, code))
  expect(compile(files, { module: 'nodenext' })).toBe('')
})

test('the types that the migration guide lists are those that no longer compile', () => {
  const { code } = block('migration/before/types')
  const changed = write('migrated/types.ts', code.replace('@authsignal/browser', 'authsignal-channels'))
  const errors = compile([changed], { module: 'ESNext', moduleResolution: 'bundler' }).matchAll(
    /^\S+\((\d+),/gm,
  )
  const numbered = [...errors].map(([, line]) => {
    const above = code.split('\n').slice(0, Number(line)).join('\n')
    return above.match(/^\/\/ \d/gm)!.at(-1)
  })
  expect(numbered).toEqual(['// 1', '// 2', '// 3', '// 4', '// 5'])
  expect(block('migration/after/types').code.match(/^\/\/ \d/gm)).toEqual(numbered)
})

test('pages that name a published file or the packed one name this version', () => {
  const versions = GUIDES.flatMap(page => [
    ...readFileSync(page, 'utf8').matchAll(/authsignal-channels[@-](\d[^/\s]*?)(?:\/|\.tgz)/g),
  ])
  expect(versions.length).toBeGreaterThan(15)
  expect([...new Set(versions.map(([, named]) => named))]).toEqual([version])
  expect(name).toBe('authsignal-channels')
})

test('the backends of the guides that pay are the same, but for what a guide is about', () => {
  const backends = GUIDES.flatMap(filesOf).filter(
    ({ path, code }) => path === 'server.mjs' && code.includes("'/api/start'"),
  )
  const routes = backends.map(({ code }) => code.slice(code.indexOf("app.post('/api/start'")))
  const isAboutRedirects = (text: string) => text.replace(', attributes: { redirectUrl }', '')
  expect(new Set(routes.map(isAboutRedirects)).size).toBe(1)
  expect(backends.length).toBeGreaterThan(6)
})

function filesOf(page: string): FileStep[] {
  return readGuide(page).filter(step => step.kind === 'file')
}

/** Writes the TypeScript files of a guide. A file that comes again, for another app, begins a further folder. */
function writeFolders(page: string): string[] {
  const files = filesOf(page).filter(({ path }) => /\.tsx?$/.test(path))
  const counts = new Map<string, number>()
  const versions = files.map(file => {
    const nth = counts.get(file.path) ?? 0
    counts.set(file.path, nth + 1)
    return { ...file, nth }
  })
  const last = Math.max(0, ...counts.values())
  return Array.from({ length: last }, (_, folder) =>
    versions
      .filter(({ path, nth }) => nth === Math.min(folder, counts.get(path)! - 1))
      .map(({ path, code }) => write(`${basename(page, '.md')}.${folder}/${path}`, code)),
  ).flat()
}

function write(path: string, code: string): string {
  const file = join(FOLDER, path)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, code)
  return path
}

/** Returns what the compiler prints. */
function compile(files: readonly string[], options: object): string {
  const compilerOptions = {
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    noEmit: true,
    skipLibCheck: true,
    target: 'ES2022',
    jsx: 'react-jsx',
    lib: ['ES2022', 'DOM', 'DOM.Iterable'],
    types: ['node'],
    ...options,
  }
  const config = write('tsconfig.json', JSON.stringify({ compilerOptions, files }))
  const args = ['node_modules/typescript-newest/bin/tsc', '-p', join(FOLDER, config), '--pretty', 'false']
  return spawnSync(process.execPath, args, { encoding: 'utf8' }).stdout.trim()
}
