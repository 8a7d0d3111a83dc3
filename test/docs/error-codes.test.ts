/** The table of error codes has every code once, in the order in which they were added. */
import { readFileSync } from 'node:fs'
import { ErrorCode } from 'authsignal-channels'
import { expect, test } from 'vitest'

const text = readFileSync('docs/troubleshooting.md', 'utf8')
const section = text.slice(text.indexOf('\n## Error codes\n'), text.indexOf('\n## What throws\n'))
const rows = section
  .split('\n')
  .filter(line => line.startsWith('| `'))
  .map(line => line.split(/(?<!\\)\|/).map(cell => cell.trim()))

const FIXERS = [
  'the user',
  "the user's network",
  'your page',
  'your backend',
  'tenant settings',
  'Authsignal',
]

test('the table has the codes of the SDK, in their order', () => {
  expect(rows.filter(([, code]) => !code!.includes('errorCode')).map(([, code]) => code)).toEqual(
    Object.keys(ErrorCode).map(code => `\`${code}\``),
  )
})

test.each(rows.map(row => [row[1]!, row] as const).filter(([code]) => code !== '`errorCode`'))(
  '%s has a cause, the party that can fix it, and what to do',
  (_, [, , cause, fixers, action]) => {
    expect(cause).toMatch(/\w{3}/)
    expect(action).toMatch(/\w{3}.*\.$/)
    for (const fixer of fixers!.split(/, (?:or )?/)) expect(FIXERS).toContain(fixer)
  },
)
