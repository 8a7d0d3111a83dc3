/** Commands, files and folders that the documentation names are there. */
import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { PAGES } from '../support/documentation.js'

const { scripts } = JSON.parse(readFileSync('package.json', 'utf8'))
const textOf = (page: string) => readFileSync(page, 'utf8')

test.each(PAGES)('%s names only scripts that there are', page => {
  const named = [...textOf(page).matchAll(/npm run (?:-s )?([\w:]+)/g)].map(([, name]) => name!)
  expect(named.filter(name => !(name in scripts))).toEqual([])
})

test.each(PAGES)('%s names only files and folders that there are', page => {
  const paths = [...textOf(page).matchAll(/`((?:src|demo|test|docs|\.github)\/[\w./-]*)`/g)]
  // In a guide, `src/` is the reader's own, but for the channel to learn from.
  const isOurs = (path: string) => !page.startsWith('docs/guides/') || !/^src\/(?!channels)/.test(path)
  const named = paths.map(([, path]) => path!).filter(isOurs)
  expect(named.filter(path => !existsSync(path))).toEqual([])
})
