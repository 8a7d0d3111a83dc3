/** The script tags that readers copy: this version, and no other bytes than those published. */
import { readFileSync, writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { filesIn, integrityOf, manifest } from './packed.js'

const PAGES = [
  'README.md',
  ...filesIn('docs').map(file => `docs/${file}`),
  ...filesIn('demo/examples').map(file => `demo/examples/${file}`),
].filter(page => /\.(md|html)$/.test(page))

/** The start of a script tag that loads a published file from a CDN. */
const TAG = /<script\b[^>]*\bsrc="https:[^"]+\/authsignal-channels@[^"/]+\/(dist\/[^"]+)"[^>]*>/g

const tags = () =>
  PAGES.flatMap(page =>
    [...readFileSync(page, 'utf8').matchAll(TAG)].map(([tag, file]) => ({ page, tag, file: file! })),
  )

// `UPDATE=1 npx vitest run --config test/vitest.config.ts integrity` writes what can be written.
if (process.env.UPDATE) {
  for (const { page, tag, file } of tags()) {
    const updated = tag
      .replace(/@[^"/]+\/dist/, `@${manifest.version}/dist`)
      .replace(/integrity="[^"]*"/, `integrity="${integrityOf(file)}"`)
    writeFileSync(page, readFileSync(page, 'utf8').replace(tag, updated))
  }
}

test('the script-tag guide has a tag for each script-tag file', () => {
  const files = tags().flatMap(({ page, file }) => (page === 'docs/guides/script-tag.md' ? file : []))
  expect(files).toEqual(['dist/authsignal.umd.min.js', 'dist/authsignal.core.umd.min.js'])
})

test('every script tag has the version and the hash of the file, and lets the CDN show it', () => {
  for (const { page, tag, file } of tags()) {
    expect(tag, page).toContain(`@${manifest.version}/`)
    expect(tag, page).toContain(`integrity="${integrityOf(file)}"`)
    expect(tag, page).toContain('crossorigin="anonymous"')
  }
})
