import { Authsignal } from 'authsignal-channels'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { inPopupMode, takeToken } from '../../../src/client/launch/url.js'

test.each([
  ['https://ui.example/challenge?token=x', '?token=x&mode=popup', ''],
  ['https://ui.example', '?mode=popup', ''],
  ['https://ui.example/?', '?mode=popup', ''],
  ['https://ui.example/?a=1&&b#top', '?a=1&&b&mode=popup', '#top'],
  ['https://ui.example/?mode=redirect&token=x#mode=y', '?token=x&mode=popup', '#mode=y'],
  ['https://ui.example/??a=1', '??a=1&mode=popup', ''],
  ['https://ui.example/?model=1&mode', '?model=1&mode=popup', ''],
  ['https://ui.example/?%6dode=redirect&mode=a&mod%65', '?mode=popup', ''],
  ['https://ui.example/?q=a+b%20c&r=%E2%82%AC', '?q=a+b%20c&r=%E2%82%AC&mode=popup', ''],
])('%s opens with %s%s', (url, search, hash) => {
  expect(inPopupMode(new URL(url))).toMatchObject({ search, hash })
})

test('every other parameter and the fragment stay byte for byte', () => {
  fc.assert(
    fc.property(fc.webUrl({ withQueryParameters: true, withFragments: true }), address => {
      const before = new URL(address)
      fc.pre(!before.searchParams.has('mode'))
      const after = inPopupMode(before)
      const query = before.search ? `${before.search}&mode=popup` : '?mode=popup'
      const fragment = before.href.includes('#') ? before.hash || '#' : ''
      expect(after.href).toBe(before.origin + before.pathname + query + fragment)
      expect(after.searchParams.getAll('mode')).toEqual(['popup'])
    }),
  )
})

test.each([
  ['https://app.example/?token=x', 'x', ''],
  ['https://app.example/?a=1&token=x%2Fy&b=2#top', 'x/y', '?a=1&b=2'],
  ['https://app.example/?tokens=x', undefined, '?tokens=x'],
  ['https://app.example/?token=', undefined, ''],
  ['https://app.example/?token', undefined, ''],
  ['https://app.example/?a&token=x&token=y&b', 'x', '?a&b'],
  ['https://app.example/?token=&token=x&token', 'x', ''],
  ['https://app.example/?%74oken=x&a=%74oken', 'x', '?a=%74oken'],
  ['https://app.example/?%54oken=x&Token=y', undefined, '?%54oken=x&Token=y'],
  ['https://app.example/?t%6F%6ben=x&&a=1&', 'x', '?&a=1&'],
  ['https://app.example/?%74%6f%6b%65%6e', undefined, ''],
  ['https://app.example/??token=x', undefined, '??token=x'],
  ['https://app.example/?+token=x&token+=y', undefined, '?+token=x&token+=y'],
  ['https://app.example/?%=1&token=x&%ff%=2', 'x', '?%=1&%ff%=2'],
  ['https://app.example/?a=%zz&token=x', 'x', '?a=%zz'],
])('the token of %s is %s, and %j is left', (address, token, search) => {
  const url = new URL(address)
  expect(takeToken(url)).toBe(token)
  expect(url.search).toBe(search)
})

test('every spelling of the token is removed, and every other parameter stays', () => {
  const spelling = fc
    .array(fc.constantFrom('as it is', 'lower', 'upper'), { minLength: 5, maxLength: 5 })
    .map(cases =>
      [...'token'].map((letter, index) => {
        const hex = `%${letter.charCodeAt(0).toString(16)}`
        return { 'as it is': letter, lower: hex, upper: hex.toUpperCase() }[cases[index]!]
      }),
    )
    .map(letters => letters.join(''))
  const token = fc
    .tuple(spelling, fc.constantFrom('', '=', '=x', '=x=y', '=%00'))
    .map(([name, value]) => ({ text: name + value, isToken: true }))
  const other = fc
    .webQueryParameters()
    .filter(text => !text.includes('&') && !new URLSearchParams(`&${text}`).has('token'))
    .map(text => ({ text, isToken: false }))
  fc.assert(
    fc.property(fc.array(fc.oneof(token, other), { minLength: 1 }), parameters => {
      const search = (list: typeof parameters) => list.map(({ text }) => text).join('&')
      const url = new URL(`https://app.example/?${search(parameters)}#top`)
      const rest = new URL('https://app.example/#top')
      rest.search = search(parameters.filter(({ isToken }) => !isToken)).replace(/^\?/, '??')
      takeToken(url)
      expect(url.searchParams.has('token')).toBe(false)
      expect(url.href.replace('?#', '#')).toBe(rest.href.replace('?#', '#'))
    }),
  )
})

test.each([
  'javascript:alert(1)',
  'data:text/html,x',
  'blob:https://ui.example/1',
  '/challenge',
  'https://u:p@ui.example',
  '',
  undefined,
])('launch(%j) fails with a TypeError and shows nothing', async url => {
  const { launch } = new Authsignal({ tenantId: 'acme' })
  for (const mode of [undefined, 'popup', 'window'] as const) {
    const launched = launch(url as string, { mode } as never)
    await expect(launched).rejects.toThrow(TypeError)
    await expect(launched).rejects.toThrow('"url"')
  }
  expect(() => launch(url as string, { mode: 'redirect' })).toThrow(TypeError)
  expect(() => launch(url as string, { mode: 'redirect' })).toThrow('"url"')
  expect(document.documentElement.querySelector('iframe')).toBeNull()
})

test('launch() in a mode that does not exist rejects with a TypeError', async () => {
  const { launch } = new Authsignal({ tenantId: 'acme' })
  const launched = launch('https://ui.example', { mode: 'tab' } as never)
  await expect(launched).rejects.toThrow(TypeError)
  await expect(launched).rejects.toThrow('"mode"')
})
