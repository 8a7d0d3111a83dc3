/** What an app that uses the elements bundles, by each bundler. */
import { describe, expect, test } from 'vitest'
import { bundlers } from '../support/bundlers.js'
import { bundle } from './bundle.js'

describe.each(Object.keys(bundlers))('%s', bundler => {
  test('an import of the field for codes keeps its registration, and takes nothing of the SDK along', async () => {
    const code = await bundle(`import 'authsignal-channels/elements/code'`, bundler)
    expect(code).toMatch(/\.define\(/)
    expect(code).toContain('authsignal-code')
    expect(code).not.toMatch(/\/client\/challenge|tenantId|preact/i)
  })

  test('the style of the elements has no white space that could be left out', async () => {
    const code = await bundle(`import 'authsignal-channels/elements/code'`, bundler)
    const [style = ''] = code.match(/@layer authsignal[^`]+/) ?? []
    expect(style).toContain('{display:block}')
    expect(style).not.toMatch(/\n|\\n| {2}/)
  })
})
