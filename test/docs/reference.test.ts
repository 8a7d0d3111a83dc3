/** `docs/reference/` is what TypeDoc makes of the sources. `UPDATE=1`, or `npm run docs`, writes it anew. */
import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { CACHE } from '../support/documentation.js'

const COMMITTED = 'docs/reference'

const pagesOf = (folder: string) =>
  Object.fromEntries(readdirSync(folder).map(name => [name, readFileSync(join(folder, name), 'utf8')]))

test('the reference is up to date, without a warning, and contains nothing of this machine', () => {
  const out = process.env.UPDATE ? COMMITTED : join(CACHE, 'reference')
  rmSync(out, { recursive: true, force: true })
  const said = execFileSync(
    process.execPath,
    ['node_modules/typedoc/bin/typedoc', '--options', 'docs/typedoc.json', '--out', out],
    { encoding: 'utf8', stdio: 'pipe' },
  )
  expect(said).not.toMatch(/warning/)
  const pages = pagesOf(out)
  expect(pages).toEqual(pagesOf(COMMITTED))
  expect(Object.values(pages).join()).not.toContain(process.cwd())
}, 180_000)
