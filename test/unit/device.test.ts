import { Authsignal, createClient } from 'authsignal-channels'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { defaultCookieDomain, randomId } from '../../src/client/lib/device.js'

const UUID = /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/

let jar: string[]
let written: string[]

/** A cookie jar that keeps what `accepts` allows, and records what was written to it. */
function stubJar(accepts: (cookie: string) => boolean = () => true) {
  vi.spyOn(document, 'cookie', 'get').mockImplementation(() => jar.join('; '))
  vi.spyOn(document, 'cookie', 'set').mockImplementation(cookie => {
    written.push(cookie)
    if (accepts(cookie)) jar = [cookie.split('; ')[0]!]
  })
}

const at = (href: string) => vi.stubGlobal('location', new URL(href))

beforeEach(() => {
  jar = []
  written = []
})
afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})

test('a first visit creates an ID, in a cookie with the longest lifetime of browsers', () => {
  stubJar()
  at('https://shop.example/')
  const { anonymousId } = new Authsignal({ tenantId: 'acme' })
  expect(anonymousId).toMatch(UUID)
  expect(written).toEqual([
    `__as_aid=${anonymousId}; Path=/; Max-Age=34560000; SameSite=Lax; Secure; Domain=shop.example`,
  ])
})

test('a later visit keeps the ID and restarts its lifetime', () => {
  stubJar()
  at('https://shop.example/')
  jar = ['theme=dark', '__as_aid_not=x', '__as_aid=0f0f', 'a=b']
  expect(new Authsignal({ tenantId: 'acme' }).anonymousId).toBe('0f0f')
  expect(written[0]).toMatch(/^__as_aid=0f0f; /)
})

test.each([
  ['https://www.shop.example/', 'shop.example'],
  ['https://awww.shop.example/', 'awww.shop.example'],
  ['https://shop.www.example/', 'shop.www.example'],
  ['https://localhost/', 'localhost'],
])('the cookie domain of %s is %s', (href, domain) => {
  at(href)
  expect(defaultCookieDomain()).toBe(domain)
})

test.each(['http://localhost:3000/', 'http://127.0.0.1/', 'http://[::1]/', 'http://intranet/'])(
  'the cookie of %s is for that host alone, as browsers refuse it otherwise',
  href => {
    stubJar()
    at(href)
    new Authsignal({ tenantId: 'acme' })
    expect(written).toEqual([expect.not.stringMatching(/Domain|Secure/)])
  },
)

test('a domain that the browser refuses leaves a cookie for the host alone', () => {
  stubJar(cookie => !cookie.includes('Domain=co.example'))
  at('https://www.co.example/')
  const { anonymousId } = new Authsignal({ tenantId: 'acme' })
  expect(jar).toEqual([`__as_aid=${anonymousId}`])
})

test('the domain and the name of the cookie can be chosen', () => {
  stubJar()
  at('https://pay.shop.example/')
  const { cookieDomain } = new Authsignal({
    tenantId: 'acme',
    cookieDomain: 'shop.example',
    cookieName: 'd id',
  })
  expect(cookieDomain).toBe('shop.example')
  expect(written[0]).toMatch(/^d%20id=.*; Domain=shop\.example$/)
})

test('a sandboxed page, where touching cookies throws, has an ID in memory', () => {
  vi.spyOn(document, 'cookie', 'get').mockImplementation(() => {
    throw new DOMException('The document is sandboxed', 'SecurityError')
  })
  expect(new Authsignal({ tenantId: 'acme' }).anonymousId).toMatch(UUID)
})

test('a jar that keeps nothing leaves the ID in memory, one for all clients of the page', () => {
  stubJar(() => false)
  const { anonymousId } = new Authsignal({ tenantId: 'acme' })
  expect(anonymousId).toMatch(UUID)
  expect(new Authsignal({ tenantId: 'other', cookieName: 'device' }).anonymousId).toBe(anonymousId)
  expect(createClient({ tenantId: 'acme' }).anonymousId).toBe(anonymousId)
})

test('the ID is what the cookie holds, also when another tab has written it at the same time', () => {
  stubJar()
  const clients = [new Authsignal({ tenantId: 'acme' }), createClient({ tenantId: 'acme' })]
  jar = ['__as_aid=of-the-other-tab']
  expect(clients.map(client => client.anonymousId)).toEqual(['of-the-other-tab', 'of-the-other-tab'])
})

test('an ID that was deleted is created again, the same one for all clients', () => {
  stubJar()
  const clients = [new Authsignal({ tenantId: 'acme' }), createClient({ tenantId: 'acme' })]
  jar = []
  const [first, second] = clients.map(client => client.anonymousId)
  expect(first).toMatch(UUID)
  expect(second).toBe(first)
  expect(jar).toEqual([`__as_aid=${first}`])
})

test('the drop-in has the ID as a field of its own, which can be assigned', () => {
  const authsignal = new Authsignal({ tenantId: 'acme' })
  expect({ ...authsignal }.anonymousId).toBe(authsignal.anonymousId)
  Object.assign(authsignal, { anonymousId: 'mine' })
  expect(authsignal.anonymousId).toBe('mine')
})

test.each(['=', '__as_aid', '__as_aid=', '%E0%A4%A', '; ; ='])(
  'the malformed cookies %j do not throw',
  cookies => {
    stubJar()
    jar = [cookies]
    expect(new Authsignal({ tenantId: 'acme' }).anonymousId).toMatch(UUID)
  },
)

test.each([
  ['http://www.shop.example/', '; Domain=shop.example'],
  ['http://SHOP.Example/', '; Domain=shop.example'],
  ['http://shop.xn--p1ai/', '; Domain=shop.xn--p1ai'],
  ['http://shop.example./', ''],
  ['http://10.0.0.1/', ''],
])('the whole cookie of a first visit to %s, without Secure', (href, domain) => {
  stubJar()
  at(href)
  const { anonymousId } = new Authsignal({ tenantId: 'acme' })
  expect(written).toEqual([`__as_aid=${anonymousId}; Path=/; Max-Age=34560000; SameSite=Lax${domain}`])
})

test('an ID is random in every digit but the version, and the variant has its four values', () => {
  const ids = Array.from({ length: 500 }, randomId)
  const values = [...ids[0]!].map((_, index) => new Set(ids.map(id => id[index])).size)
  const template = 'xxxxxxxx-xxxx-4xxx-yxxx-xxxxxxxxxxxx'
  expect(values).toEqual([...template].map(letter => ({ x: 16, y: 4 })[letter] ?? 1))
})
