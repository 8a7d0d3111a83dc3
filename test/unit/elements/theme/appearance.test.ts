import { describe, expect, test } from 'vitest'
import { type Appearance, checkAppearance } from '../../../../src/elements/challenge/theme/appearance.js'

const withLogo = (logo: unknown) => ({ brand: { name: 'Acme', logo } }) as Appearance

describe('a logo', () => {
  test.each([
    'https://cdn.example.com/logo.svg',
    'data:image/png;base64,AAAA',
    'data:image/svg+xml,<svg/>',
    '/logo.png',
    'logo.png',
  ])('may be %s', logo => {
    expect(() => checkAppearance(withLogo(logo))).not.toThrow()
  })

  test.each([
    'javascript:alert(1)',
    ' javascript:alert(1)',
    'JavaScript:alert(1)',
    'data:text/html,<script></script>',
    'data:image/svg+xmlx,',
    'blob:https://example.com/1',
    'http://cdn.example.com/logo.png',
    '//user:password@:99999/',
    'ftp://example.com/logo.png',
    7,
  ])('may not be %s', logo => {
    expect(() => checkAppearance(withLogo(logo))).toThrow(TypeError)
    expect(() => checkAppearance(withLogo(logo))).toThrow('"brand.logo"')
  })
})

test.each([
  [{ theme: 'blue' }, '"theme"'],
  [{ action: 7 }, '"action"'],
  [{ brand: {} }, '"brand.name"'],
  [{ brand: { name: ' ' } }, '"brand.name"'],
])('%j names what is wrong', (appearance, name) => {
  expect(() => checkAppearance(appearance as Appearance)).toThrow(name)
})

test('without anything, or with all of it unset, the appearance is the default', () => {
  expect(() => checkAppearance({})).not.toThrow()
  expect(() => checkAppearance({ theme: undefined, brand: undefined, action: undefined })).not.toThrow()
})
