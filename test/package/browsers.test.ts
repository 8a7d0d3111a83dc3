/** The browsers that package.json and docs/compatibility.md declare can read every script that is made for them. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { manifest, packedFiles, read } from './packed.js'
import { nodesOf } from './syntax.js'

const scripts = packedFiles.filter(file =>
  /^dist\/([^/]+|client\/.+)\.m?js$|elements\/.+\.js$|(hosted-ui|inspector)\/.+\.js$/.test(file),
)

/**
 * The oldest versions of Chrome and Edge, Firefox, and Safari that have what the scripts use without feature detection.
 *
 * @see https://developer.mozilla.org/docs/Web/API/AbortSignal/any_static, and so on for each
 */
const SINCE: Record<string, readonly [number, number, number]> = {
  'AbortSignal.any': [116, 124, 17.4],
  'AbortSignal.timeout': [103, 100, 16],
  'Array.fromAsync': [121, 115, 16.4],
  'Object.groupBy': [117, 119, 17.4],
  'Object.hasOwn': [93, 92, 15.4],
  'Promise.try': [128, 134, 18.2],
  'Promise.withResolvers': [119, 121, 17.4],
  'RegExp.escape': [136, 134, 18.2],
  'URL.canParse': [120, 115, 17],
  'URL.parse': [126, 126, 18],
  'Uint8Array.fromBase64': [140, 133, 18.2],
  'crypto.randomUUID': [92, 95, 15.4],
  'document.adoptedStyleSheets': [73, 101, 16.4],
}

test.each(scripts)('%s is written in a language that every browser declared knows', file => {
  const sourceType = file.includes('umd') ? 'script' : 'module'
  expect([...nodesOf(read(file), sourceType)].length).toBeGreaterThan(1)
})

test('docs/compatibility.md and package.json declare the same browsers', () => {
  const [, chrome, firefox, safari] =
    readFileSync('docs/compatibility.md', 'utf8').match(
      /Chrome and Edge (\d+), Firefox (\d+), Safari ([\d.]+)/,
    ) ?? []
  expect(manifest.browserslist).toEqual([
    `chrome >= ${chrome}`,
    `edge >= ${chrome}`,
    `firefox >= ${firefox}`,
    `safari >= ${safari}`,
    `ios_saf >= ${safari}`,
  ])
})

test('they are the oldest that have what the scripts use', () => {
  const used = new Set<string>()
  for (const { type, object, property } of nodesOf(read('dist/authsignal.umd.js'), 'script')) {
    if (type === 'MemberExpression') used.add(`${nameOf(object)}.${nameOf(property)}`)
  }
  const needed = Object.keys(SINCE).filter(name => used.has(name))
  const versions = [0, 1, 2].map(browser => Math.max(...needed.map(name => SINCE[name]![browser]!)))
  const declared = Object.fromEntries(manifest.browserslist.map((entry: string) => entry.split(' >= ')))
  expect(versions).toEqual([Number(declared.chrome), Number(declared.firefox), Number(declared.safari)])
})

const nameOf = (node: unknown) => (node as { readonly name?: string }).name
