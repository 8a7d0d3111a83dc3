/** What a reader copies is what the tests have compiled and run. */
import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { blocks, CACHE, runnable } from '../support/documentation.js'

const { version } = JSON.parse(readFileSync('package.json', 'utf8'))

/** What is no code of a program. */
const OTHER = ['sh', 'http']

test.each(blocks.filter(({ marker }) => marker === 'file'))('$page shows $value as it is', block => {
  const { page, value, language, code } = block
  const content = readFileSync(value, 'utf8')
  if (process.env.UPDATE && content !== code) {
    const marker = `<!-- file: ${value} -->\n\`\`\`${language}\n`
    const text = readFileSync(page, 'utf8')
    writeFileSync(
      page,
      text.replace(`${marker}${code}`, () => `${marker}${content}`),
    )
    return
  }
  expect(code).toBe(content)
})

test('every block of code is a file or is run', () => {
  const loose = blocks.filter(({ marker, language }) => !marker && !OTHER.includes(language))
  expect(loose.map(({ page, code }) => `${page}: ${code.split('\n')[0]}`)).toEqual([])
})

test('every block that can be run is run by a test', () => {
  const tests = readdirSync('test/docs')
    .filter(name => name.endsWith('.test.ts'))
    .map(name => readFileSync(`test/docs/${name}`, 'utf8'))
    .join()
  expect(runnable.map(({ value }) => value).filter(name => !tests.includes(`'${name}'`))).toEqual([])
})

test('the blocks compile under the strictest settings, against the built declarations', () => {
  mkdirSync(CACHE, { recursive: true })
  const files = runnable
    .filter(({ language }) => ['ts', 'tsx'].includes(language))
    .map(({ value, language, code }) => {
      const file = `${value.replace('/', '.')}.${language}`
      writeFileSync(join(CACHE, file), code)
      return file
    })
  const compilerOptions = {
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    noEmit: true,
    skipLibCheck: true,
    target: 'ES2022',
    module: 'ESNext',
    moduleResolution: 'bundler',
    jsx: 'react-jsx',
    lib: ['ES2022', 'DOM', 'DOM.Iterable'],
    types: [],
  }
  writeFileSync(join(CACHE, 'tsconfig.json'), JSON.stringify({ compilerOptions, files }))
  execFileSync(process.execPath, ['node_modules/typescript-newest/bin/tsc', '-p', CACHE], {
    stdio: 'pipe',
    encoding: 'utf8',
  })
})

test('pages that load the package from afar name this version', () => {
  const versions = blocks.flatMap(({ code }) => [
    ...code.matchAll(/unpkg\.com\/authsignal-channels@([^/]+)/g),
  ])
  expect(versions.length).toBeGreaterThan(0)
  expect([...new Set(versions.map(([, named]) => named))]).toEqual([version])
})
