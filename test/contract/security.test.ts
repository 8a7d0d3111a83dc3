/** SECURITY.md names a test for every promise, and each of them exists. */
import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const root = new URL('../../', import.meta.url)
const promises = readFileSync(new URL('SECURITY.md', root), 'utf8')
  .split('\n')
  .filter(line => /^\| (?!promise)/.test(line))

test('SECURITY.md makes promises', () => {
  expect(promises.length).toBeGreaterThan(10)
})

test.each(promises)('the tests exist: %s', promise => {
  const files = [...promise.matchAll(/`(test\/[\w./-]+)`((?: "[^"]+")+)/g)]
  expect(files).not.toEqual([])
  for (const [, file, titles] of files) {
    expect(existsSync(new URL(file!, root)), file).toBe(true)
    const source = readFileSync(new URL(file!, root), 'utf8')
    for (const [, title] of titles!.matchAll(/"([^"]+)"/g)) {
      // Whole, or up to where the source puts something in; or after that.
      const isThere = source
        .split('\n')
        .some(line => /\btest\b.*\(|^\s*['`]/.test(line) && line.includes(title!))
      expect(isThere, `${file}: ${title}`).toBe(true)
    }
  }
})
