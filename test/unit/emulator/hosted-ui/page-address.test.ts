// @vitest-environment node
import { expect, test } from 'vitest'
import { readPageAddress, returnAddress, tenantOf } from '../../../../src/emulator/hosted-ui/page-address.js'

const page = 'http://localhost:4010/challenge'

test('readPageAddress() reads token, mode, forced enrolment and language', () => {
  expect(readPageAddress(`${page}?token=a.b.c&mode=popup&force_enrollment=true&lang=pt-BR`)).toEqual({
    token: 'a.b.c',
    mode: 'popup',
    forceEnrollment: true,
    lang: 'pt-BR',
  })
})

test('readPageAddress() defaults to the mode `redirect`, and treats an empty token as none', () => {
  expect(readPageAddress(`${page}?token=&mode=other`)).toEqual({
    token: undefined,
    mode: 'redirect',
    forceEnrollment: false,
    lang: undefined,
  })
})

test('tenantOf() reads the tenant of a token, whose validity the service checks', () => {
  const token = ['{}', '{"other":{"tenantId":"acme"}}', ''].map(part => btoa(part)).join('.')
  expect(tenantOf(token)).toBe('acme')
  expect(tenantOf('not a token')).toBe('unknown')
  expect(tenantOf(undefined)).toBe('unknown')
})

test.each([
  ['https://app.example/back', 'https://app.example/back?token=a.b'],
  ['https://app.example/back?x=a%20b&y=1+2#top', 'https://app.example/back?x=a%20b&y=1+2&token=a.b#top'],
  ['https://app.example/back?token=old&tokens=2', 'https://app.example/back?tokens=2&token=a.b'],
  ['https://app.example#top', 'https://app.example/?token=a.b#top'],
  ['javascript:alert(1)', undefined],
  ['/relative', undefined],
  [undefined, undefined],
])('returnAddress(%j) is %j', (redirectUrl, address) => {
  expect(returnAddress(redirectUrl, 'a.b')).toBe(address)
})
