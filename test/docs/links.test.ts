/** Every link in the documentation leads somewhere: to a file, a heading, or an address that could be one. */
import { readdirSync, readFileSync } from 'node:fs'
import { remark } from 'remark'
import remarkValidateLinks from 'remark-validate-links'
import { expect, test } from 'vitest'
import { PAGES } from '../support/documentation.js'

const REFERENCE = readdirSync('docs/reference').map(name => `docs/reference/${name}`)

/** What the plugin needs of `unified-engine`: it checks all files together, when the last is read. */
function createFileSet() {
  const files: object[] = []
  let check = async (_set: object) => {}
  return {
    files,
    use(completer: typeof check) {
      check = completer
    },
    add() {},
    valueOf: () => files,
    check() {
      return check(this)
    },
  }
}

test('every relative link leads to a file, and every fragment to a heading', async () => {
  const set = createFileSet()
  const processor = remark().use(remarkValidateLinks, { repository: false, root: '.' }, set as never)
  for (const path of [...PAGES, ...REFERENCE]) {
    set.files.push(await processor.process({ path, value: readFileSync(path, 'utf8') }))
  }
  await set.check()
  expect(set.files.flatMap(file => (file as { messages: object[] }).messages.map(String))).toEqual([])
})

test.each(PAGES)('%s links to other sites by https', path => {
  const links = readFileSync(path, 'utf8').matchAll(
    /\]\((\w+:[^)\s]*)|<(https?:[^>\s]*)>|\b(?:href|src)="(https?:[^"]*)"/g,
  )
  for (const [, inText, bare, inHtml] of links) {
    const { protocol, hostname } = new URL(inText ?? bare ?? inHtml!)
    expect(hostname === 'localhost' ? 'https:' : protocol, hostname).toBe('https:')
  }
})

test('every guide is in the index', () => {
  const index = readFileSync('docs/README.md', 'utf8')
  const guides = readdirSync('docs/guides').map(name => `(guides/${name})`)
  expect(guides.filter(link => !index.includes(link))).toEqual([])
})
