/** The public API, against the report of it that is committed: a change of any public name shows in review. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { manifest, PACKAGE } from '../package/packed.js'
import { expectAppended } from './error-codes.js'
import { apiOf } from './report.js'

const REPORTS = [
  {
    entry: 'authsignal-channels',
    file: 'test/api/authsignal-channels.api.md',
    types: manifest.exports['.'].types,
  },
  {
    entry: 'authsignal-channels/elements',
    file: 'test/api/elements.api.md',
    types: manifest.exports['./elements'].types,
  },
  {
    entry: 'authsignal-channels/emulator',
    file: 'test/api/emulator.api.md',
    types: manifest.exports['./emulator'].types,
  },
]

test.each(REPORTS)('the public API of $entry is the one in $file', ({ entry, file, types }) => {
  const title = `# Public API of \`${entry}\``
  const report = [title, '', '```ts', apiOf(join(PACKAGE, types)), '```', ''].join('\n')
  // `UPDATE=1 npx vitest run --config test/vitest.config.ts test/api` writes it.
  if (process.env.UPDATE) {
    if (existsSync(file)) expectAppended(readFileSync(file, 'utf8'), report)
    writeFileSync(file, report)
  } else expect(report).toBe(readFileSync(file, 'utf8'))
})
