import { readFileSync, writeFileSync } from 'node:fs'
import { beforeAll, expect, test } from 'vitest'
import { bundle, gzipped } from './bundle.js'

interface Weighed {
  /** What docs/sizes.md calls it. */
  readonly name: string
  /** In bytes: what it weighs today and a little, so that growth is a decision. */
  readonly limit: number
  load(): string | Uint8Array | Promise<string>
}

const importing = (...names: string[]) =>
  bundle(`export { ${['createClient', ...names].join(', ')} } from 'authsignal-channels'`)

const CORE: Weighed = { name: '`createClient` alone', limit: 8_500, load: () => importing() }

const together = (limit: number, ...names: string[]): Weighed => ({
  name: `... with ${names.map(name => `\`${name}\``).join(', ')}`,
  limit,
  load: () => importing(...names),
})

/** What users load. */
const LOADED: readonly Weighed[] = [
  {
    name: '`authsignal.umd.min.js`, everything',
    limit: 19_700,
    load: () => readFileSync('dist/authsignal.umd.min.js'),
  },
  CORE,
  together(8_800, 'whatsapp'),
  together(8_800, 'sms'),
  together(8_800, 'email'),
  together(8_900, 'whatsapp', 'sms', 'email'),
  together(8_900, 'emailML'),
  together(8_800, 'totp'),
  together(8_800, 'push'),
  together(10_300, 'qrCode'),
  together(13_100, 'passkey'),
  together(12_000, 'securityKey'),
  together(9_300, 'notp'),
  together(11_300, 'launch'),
]

const KY: Weighed = {
  name: 'in all of them: `ky`',
  limit: 5_100,
  load: () => bundle(`export { default } from 'ky'`),
}

const JWT_DECODE: Weighed = {
  name: 'in all of them: `jwt-decode`',
  limit: 600,
  load: () => bundle(`export { jwtDecode } from 'jwt-decode'`),
}

/** What of it others wrote, and what the original weighs. */
const OF_OTHERS: readonly Weighed[] = [
  KY,
  JWT_DECODE,
  {
    name: 'in `passkey` and `securityKey`: `@simplewebauthn/browser`',
    limit: 3_000,
    load: () =>
      bundle(
        `export { startAuthentication, startRegistration, WebAuthnAbortService, WebAuthnError } from '@simplewebauthn/browser'`,
      ),
  },
  {
    name: 'for comparison: the script file of `@authsignal/browser` 1.16.0',
    limit: 15_000,
    load: () => readFileSync('node_modules/@authsignal/browser/dist/index.min.js'),
  },
]

const weights = new Map<Weighed, number>()

beforeAll(async () => {
  for (const each of [...LOADED, ...OF_OTHERS]) weights.set(each, gzipped(await each.load()))
}, 120_000)

test.each([...LOADED, ...OF_OTHERS])('$name weighs no more than its budget', each => {
  expect(weights.get(each)).toBeLessThanOrEqual(each.limit)
})

const SIZE = /\d+\.\d(?= kB)/g
const numbersOf = (table: string) => table.match(SIZE)?.map(Number) ?? []
const wordsOf = (table: string) => table.replace(SIZE, 'n')

test('the sizes in docs/sizes.md are the measured ones', () => {
  const kilobytes = (bytes: number) => `${(bytes / 1000).toFixed(1)} kB`
  const core = weights.get(CORE)!
  const measured = [
    '| what | minified + gzip | more than the core |',
    '|---|---|---|',
    ...LOADED.map(each => {
      const weight = weights.get(each)!
      const more = each.name.startsWith('...') ? kilobytes(weight - core) : ''
      return `| ${each.name} | ${kilobytes(weight)} | ${more} |`
    }),
    `| in all of them: the core itself | ${kilobytes(core - weights.get(KY)! - weights.get(JWT_DECODE)!)} | |`,
    ...OF_OTHERS.map(each => `| ${each.name} | ${kilobytes(weights.get(each)!)} | |`),
  ].join('\n')
  console.log(measured)
  const page = readFileSync('docs/sizes.md', 'utf8')
  const table = /(?<=<!-- sizes: .* -->\n)[\s\S]*?(?=\n<!-- \/sizes -->)/
  // `UPDATE=1 npm run sizes` writes them.
  if (process.env.UPDATE) return writeFileSync('docs/sizes.md', page.replace(table, measured))
  const written = page.match(table)?.[0] ?? ''
  expect(wordsOf(written)).toBe(wordsOf(measured))
  // Compressors of other versions make a few bytes of difference, which may be 0.1 once rounded.
  for (const [index, size] of numbersOf(measured).entries())
    expect(Math.abs(numbersOf(written)[index]! - size)).toBeLessThan(0.15)
})
