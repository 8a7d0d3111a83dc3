import { readFileSync, writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { bundle, gzipped } from './bundle.js'

/** What users load, by the name that the README has for it, and how many bytes it may weigh. */
const BUDGETS = [
  {
    name: '`dist/authsignal.umd.min.js`, everything',
    limit: 19_700,
    load: () => readFileSync('dist/authsignal.umd.min.js'),
  },
  { name: '`createClient` alone', limit: 8_500, load: () => importing() },
  { name: '... with `whatsapp`', limit: 8_700, load: () => importing('whatsapp') },
  { name: '... with `sms`', limit: 8_800, load: () => importing('sms') },
  { name: '... with `email`', limit: 8_800, load: () => importing('email') },
  {
    name: '... with `whatsapp`, `sms`, `email`',
    limit: 8_900,
    load: () => importing('whatsapp', 'sms', 'email'),
  },
  { name: '... with `emailML`', limit: 8_900, load: () => importing('emailML') },
  { name: '... with `totp`', limit: 8_800, load: () => importing('totp') },
  { name: '... with `push`', limit: 8_800, load: () => importing('push') },
  { name: '... with `qrCode`', limit: 10_300, load: () => importing('qrCode') },
  { name: '... with `passkey`', limit: 13_000, load: () => importing('passkey') },
  { name: '... with `securityKey`', limit: 12_000, load: () => importing('securityKey') },
  { name: '... with `notp`', limit: 9_600, load: () => importing('notp') },
  { name: '... with `launch`', limit: 11_300, load: () => importing('launch') },
  { name: 'of each of them: `ky`', limit: 5_100, load: () => bundle(`export { default } from 'ky'`) },
  {
    name: 'of each of them: `jwt-decode`',
    limit: 600,
    load: () => bundle(`export { jwtDecode } from 'jwt-decode'`),
  },
  {
    name: 'of `passkey` and `securityKey`: `@simplewebauthn/browser`',
    limit: 3_000,
    load: () =>
      bundle(
        `export { startAuthentication, startRegistration, WebAuthnAbortService, WebAuthnError } from '@simplewebauthn/browser'`,
      ),
  },
]

const importing = (...names: string[]) =>
  bundle(`export { ${['createClient', ...names].join(', ')} } from 'authsignal-channels'`)

const kilobytes = (bytes: number) => `${(bytes / 1000).toFixed(1)} kB`

test.each(BUDGETS)('$name weighs no more than its budget', async ({ load, limit }) => {
  expect(gzipped(await load())).toBeLessThanOrEqual(limit)
})

test('the sizes in the README are the measured ones', async () => {
  const rows = await Promise.all(
    BUDGETS.map(async ({ name, load }) => `| ${name} | ${kilobytes(gzipped(await load()))} |`),
  )
  const readme = readFileSync('README.md', 'utf8')
  const table = /(?<=<!-- sizes: .* -->\n)[\s\S]*?(?=\n<!-- \/sizes -->)/
  const measured = ['| what | minified + gzip |', '|---|---|', ...rows].join('\n')
  // `UPDATE=1 npx vitest run --config test/vitest.config.ts sizes` writes them.
  if (process.env.UPDATE) writeFileSync('README.md', readme.replace(table, measured))
  else expect(readme.match(table)?.[0]).toBe(measured)
})
