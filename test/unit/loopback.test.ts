import { afterEach, beforeEach, expect, test, vi } from 'vitest'

beforeEach(() => void vi.resetModules())
afterEach(() => {
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})

/** The warnings when a page at this origin creates two clients. */
async function warnings(origin: string | undefined, baseUrl: string) {
  const { Authsignal } = await import('authsignal-channels')
  vi.stubGlobal(
    'location',
    origin === undefined ? undefined : { host: origin.split('//')[1] ?? '', hostname: '' },
  )
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => {})
  for (let count = 0; count < 2; count++) new Authsignal({ tenantId: 'acme', baseUrl })
  return warn.mock.calls.map(([text]) => text)
}

test.each([
  'http://localhost:4010/v1',
  'http://127.0.0.1:4010/v1',
  'http://[::1]:4010/v1',
  'http://api.localhost/v1',
])('a page on another machine is warned of the base URL %s, once', async baseUrl => {
  expect(await warnings('https://app.example.com', baseUrl)).toEqual([
    `[Authsignal] ${baseUrl} is on the user's machine, this page is not.`,
  ])
})

test.each([
  ['http://localhost:3000', 'http://localhost:4010/v1'],
  ['http://app.localhost:3000', 'http://localhost:4010/v1'],
  ['http://127.0.0.1:3000', 'http://localhost:4010/v1'],
  ['null', 'http://localhost:4010/v1'],
  [undefined, 'http://localhost:4010/v1'],
  ['https://app.example.com', 'https://api.example.com/v1'],
])('a page at %s is not warned of %s', async (origin, baseUrl) => {
  expect(await warnings(origin, baseUrl)).toEqual([])
})
