import { readFileSync, writeFileSync } from 'node:fs'
import { beforeAll, expect, test } from 'vitest'
import { bundleOf, bundlersFor, gzipped, importing } from './bundle.js'

/** The files of a script. */
type Script = readonly (string | Uint8Array)[]

interface Weighed {
  /** What docs/sizes.md calls it. */
  readonly name: string
  /** In bytes: a little more than the size today, so that growth is a decision. */
  readonly limit: number
  /** What each bundler makes of it, or the one file that it is. */
  load(): Promise<Script[]>
}

const file = (path: string) => async () => [[readFileSync(path)]]

/** Names from a package, in an app that uses all of them: what the page loads at once. */
const imported =
  (names: readonly string[], from = 'authsignal-channels') =>
  () =>
    Promise.all(
      bundlersFor(names.at(-1)!).map(
        async bundler => (await bundleOf(importing(names, from), bundler)).first,
      ),
    )

const CORE: Weighed = { name: '`createClient` alone', limit: 8_760, load: imported(['createClient']) }

const together = (limit: number, ...names: string[]): Weighed => ({
  name: `... with ${names.map(name => `\`${name}\``).join(', ')}`,
  limit,
  load: imported(['createClient', ...names]),
})

const FILES: readonly Weighed[] = [
  {
    name: '`authsignal.umd.min.js`, everything',
    limit: 18_450,
    load: file('dist/authsignal.umd.min.js'),
  },
  {
    name: '`authsignal.core.umd.min.js`, codes and the hosted page',
    limit: 10_500,
    load: file('dist/authsignal.core.umd.min.js'),
  },
  {
    name: '`authsignal-elements.umd.min.js`, both elements with every method, and the SDK',
    limit: 39_700,
    load: file('dist/authsignal-elements.umd.min.js'),
  },
]

const IMPORTS: readonly Weighed[] = [
  CORE,
  together(9_010, 'whatsapp'),
  together(9_070, 'sms'),
  together(9_070, 'email'),
  together(9_130, 'whatsapp', 'sms', 'email'),
  together(9_780, 'emailML'),
  together(9_010, 'totp'),
  together(9_760, 'push'),
  together(11_300, 'qrCode'),
  together(13_550, 'passkey'),
  together(12_160, 'securityKey'),
  together(10_400, 'notp'),
  together(11_790, 'launch'),
]

/** The element with one method, and the SDK that it needs. */
const challengeWith = (limit: number, method: string): Weighed => ({
  name: `\`authsignal-channels/elements/challenge\` with \`${method}\`, and the SDK`,
  limit,
  load: imported(['defineChallenge', method], 'authsignal-channels/elements/challenge'),
})

/** A part of the challenge that is loaded when a user needs it. */
const onDemand = (limit: number, name: string, module: string): Weighed => ({
  name: `... more, ${name}`,
  limit,
  async load() {
    const app = importing(['defineChallenge'], 'authsignal-channels/elements')
    return [(await bundleOf(app, 'Vite')).later(module)]
  },
})

const ELEMENTS: readonly Weighed[] = [
  {
    name: '`authsignal-channels/elements/code`: `<authsignal-code>`',
    limit: 2_000,
    load: imported(['defineCode'], 'authsignal-channels/elements/code'),
  },
  challengeWith(28_300, 'whatsapp'),
  challengeWith(28_300, 'sms'),
  {
    name: '`authsignal-channels/elements`: both elements with every method, and the SDK',
    limit: 31_500,
    load: imported(['defineChallenge'], 'authsignal-channels/elements'),
  },
]

const ON_DEMAND: readonly Weighed[] = [
  onDemand(1_700, 'for a user who chooses a method', 'choosing'),
  onDemand(6_200, 'for a user who adds a method', 'enrolment'),
  onDemand(8_500, 'in the settings', 'settings'),
  onDemand(6_800, 'for a passkey or security key', 'ceremonies'),
  onDemand(3_700, 'for a user who scans a QR code', 'scanning'),
  onDemand(9_700, 'for a picture of a QR code', 'qr-picture'),
  ...['ar', 'de', 'es', 'fr', 'it', 'ja', 'nl', 'pt', 'zh'].map(lang =>
    onDemand(4_100, `in the language \`${lang}\``, lang),
  ),
]

/** What users load. */
const LOADED = [...FILES, ...IMPORTS, ...ELEMENTS, ...ON_DEMAND]

const KY: Weighed = {
  name: 'in all of them: `ky`',
  limit: 5_300,
  load: imported(['default as ky'], 'ky'),
}

const JWT_DECODE: Weighed = {
  name: 'in all of them: `jwt-decode`',
  limit: 600,
  load: imported(['jwtDecode'], 'jwt-decode'),
}

/** The part of the size that is dependencies, and the size of the original. */
const OF_OTHERS: readonly Weighed[] = [
  KY,
  JWT_DECODE,
  {
    name: 'in `passkey` and `securityKey`: `@simplewebauthn/browser`',
    limit: 3_200,
    load: imported(
      ['startAuthentication', 'startRegistration', 'WebAuthnAbortService', 'WebAuthnError'],
      '@simplewebauthn/browser',
    ),
  },
  {
    name: 'for comparison: the script file of `@authsignal/browser` 1.16.0',
    limit: 15_000,
    load: file('node_modules/@authsignal/browser/dist/index.min.js'),
  },
]

/** The size by each bundler; the largest counts. */
const byBundler = new Map<Weighed, number[]>()
const weights = { get: (each: Weighed) => Math.max(...byBundler.get(each)!) }

beforeAll(async () => {
  for (const each of [...LOADED, ...OF_OTHERS]) byBundler.set(each, (await each.load()).map(gzipped))
}, 600_000)

test.each(IMPORTS)('$name weighs the same by each bundler, within 5 %', each => {
  const sizes = byBundler.get(each)!
  expect(sizes.length).toBeGreaterThan(1)
  expect(Math.max(...sizes)).toBeLessThanOrEqual(Math.min(...sizes) * 1.05)
})

test.each([...LOADED, ...OF_OTHERS])('$name weighs no more than its budget', each => {
  expect(weights.get(each)).toBeLessThanOrEqual(each.limit)
})

const SIZE = /\d+\.\d(?= kB)/g
const numbersOf = (table: string) => table.match(SIZE)?.map(Number) ?? []
const wordsOf = (table: string) => table.replace(SIZE, 'n')

test('the sizes in docs/sizes.md are the measured ones', () => {
  const kilobytes = (bytes: number) => `${(bytes / 1000).toFixed(1)} kB`
  const core = weights.get(CORE)
  const measured = [
    '| what | minified + gzip | more than the core |',
    '|---|---|---|',
    ...LOADED.map(each => {
      const weight = weights.get(each)
      const more = IMPORTS.includes(each) && each !== CORE ? kilobytes(weight - core) : ''
      return `| ${each.name} | ${kilobytes(weight)} | ${more} |`
    }),
    `| in all of them: the core itself | ${kilobytes(core - weights.get(KY) - weights.get(JWT_DECODE))} | |`,
    ...OF_OTHERS.map(each => `| ${each.name} | ${kilobytes(weights.get(each))} | |`),
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
