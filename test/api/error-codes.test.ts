/** The error codes are append-only. What each means is in docs/troubleshooting.md, which `test/docs/` compares. */
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
