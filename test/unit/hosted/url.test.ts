import { Authsignal } from 'authsignal-channels'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { inPopupMode, takeToken } from '../../../src/hosted/url.js'

test.each([
  ['https://ui.example/challenge?token=x', '?token=x&mode=popup', ''],
  ['https://ui.example', '?mode=popup', ''],
  ['https://ui.example/?', '?mode=popup', ''],
  ['https://ui.example/?a=1&&b#top', '?a=1&&b&mode=popup', '#top'],
  ['https://ui.example/?mode=redirect&token=x#mode=y', '?token=x&mode=popup', '#mode=y'],
  ['https://ui.example/??a=1', '??a=1&mode=popup', ''],
  ['https://ui.example/?model=1&mode', '?model=1&mode=popup', ''],
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
  ['https://app.example/?a=%zz&token=x', 'x', '?a=%zz'],
])('the token of %s is %s, and %j is left', (address, token, search) => {
  const url = new URL(address)
  expect(takeToken(url)).toBe(token)
  expect(url.search).toBe(search)
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
