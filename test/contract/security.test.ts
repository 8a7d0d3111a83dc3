/** SECURITY.md names a test for every guarantee, and each of them exists. */
import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const root = new URL('../../', import.meta.url)
const guarantees = readFileSync(new URL('SECURITY.md', root), 'utf8')
  .split('\n')
  .filter(line => /^\| (?!guarantee)/.test(line))

test('SECURITY.md lists guarantees', () => {
  expect(guarantees.length).toBeGreaterThan(10)
})

test.each(guarantees)('the tests exist: %s', guarantee => {
  const files = [...guarantee.matchAll(/`(test\/[\w./-]+)`((?: "[^"]+")+)/g)]
  expect(files).not.toEqual([])
  for (const [, file, titles] of files) {
    expect(existsSync(new URL(file!, root)), file).toBe(true)
    const source = readFileSync(new URL(file!, root), 'utf8')
    for (const [, title] of titles!.matchAll(/"([^"]+)"/g)) {
      // Whole, or up to where the source puts something in; or after that.
      const isThere = source
        .split('\n')
        .some(line => /\btest\b.*\(|^\s*(?:\]\)\()?['`]/.test(line) && line.includes(title!))
      expect(isThere, `${file}: ${title}`).toBe(true)
    }
  }
})
