/** The report on accessibility: it has every criterion, and the tests that it names exist. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const PAGE = readFileSync('docs/accessibility.md', 'utf8')

/** Levels A and AA of WCAG 2.2: for each guideline, the numbers of its criteria. */
const CRITERIA: Readonly<Record<string, readonly number[]>> = {
  '1.1': [1],
  '1.2': [1, 2, 3, 4, 5],
  '1.3': [1, 2, 3, 4, 5],
  '1.4': [1, 2, 3, 4, 5, 10, 11, 12, 13],
  '2.1': [1, 2, 4],
  '2.2': [1, 2],
  '2.3': [1],
  '2.4': [1, 2, 3, 4, 5, 6, 7, 11],
  '2.5': [1, 2, 3, 4, 7, 8],
  '3.1': [1, 2],
  '3.2': [1, 2, 3, 4, 6],
  '3.3': [1, 2, 3, 4, 7, 8],
  '4.1': [2, 3],
}

test('every criterion of levels A and AA is there once, in a table or in the list of the others', () => {
  const all = Object.entries(CRITERIA).flatMap(([guideline, numbers]) =>
    numbers.map(number => `${guideline}.${number}`),
  )
  expect([...PAGE.matchAll(/\b\d\.\d\.\d+\b/g)].map(([number]) => number).sort()).toEqual(all.sort())
})

test('each row of a table names a test', () => {
  const rows = PAGE.split('\n').filter(line => /^\| \d/.test(line))
  expect(rows.filter(row => !/`test\/[^`]+`: "/.test(row.split(' | ')[2] ?? ''))).toEqual([])
})

test('each test that it names is in that file', () => {
  const tests = [...PAGE.matchAll(/`(test\/[^`]+)`: "([^"]+)"/g)]
  expect(tests.length).toBeGreaterThan(40)
  const isTest = (file: string, title: string) => {
    const source = readFileSync(file, 'utf8')
    return ["'", '`', '"'].some(quote => source.includes(`${quote}${title}`))
  }
  expect(tests.filter(([, file, title]) => !isTest(file!, title!)).map(([all]) => all)).toEqual([])
})
