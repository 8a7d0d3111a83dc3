/** The table of the error codes: append-only, and complete. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, test } from 'vitest'
import { manifest, PACKAGE } from '../package/packed.js'
import { codesIn } from './error-codes.js'

const { ErrorCode }: typeof import('authsignal-channels') = await import(
  pathToFileURL(join(PACKAGE, manifest.exports['.'].default)).href
)
const codes = Object.keys(ErrorCode)

const report = readFileSync('test/api/authsignal-channels.api.md', 'utf8')

test('a code keeps its name and place: new ones are appended', () => {
  const committed = codesIn(report)
  expect(committed.length).toBeGreaterThan(20)
  expect(codes.slice(0, committed.length)).toEqual(committed)
})

test('every code is its own name', () => {
  expect(Object.values(ErrorCode)).toEqual(codes)
})

test('the table of the codes tells of each its cause, who can fix it, and what to do', () => {
  const [, section = ''] = readFileSync('docs/troubleshooting.md', 'utf8').split(/^#+ Error codes$/m)
  const table = section.match(/(?:^\|.*\|$\n?)+/m)?.[0] ?? ''
  const rows = table
    .trim()
    .split('\n')
    .slice(2)
    .map(row => row.split(/(?<!\\)\|/).slice(1, -1))
  expect(rows.map(([code = '']) => code.trim())).toEqual(codes.map(code => `\`${code}\``))
  for (const cells of rows) {
    expect(cells).toHaveLength(4)
    for (const cell of cells) expect(cell.trim(), cells[0]).not.toBe('')
  }
})
