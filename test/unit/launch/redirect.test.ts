import { createClient, handleRedirect, sms } from 'authsignal-channels'
import { afterEach, expect, test, vi } from 'vitest'
import { json, service } from '../service.js'

afterEach(() => history.replaceState(null, '', '/'))

function arriveAt(path: string) {
  history.replaceState({ of: 'the app' }, '', path)
  const { fetch, received } = service(() => json({ challengeId: 'c1' }))
  return { client: createClient({ tenantId: 'acme', fetch, channels: { sms, handleRedirect } }), received }
}

test('handleRedirect() takes the token out of the address and out of the history, and uses it', async () => {
  const { client, received } = arriveAt('/account?tab=2&token=returned#top')
  const entries = history.length
  expect(client.handleRedirect()).toBe('returned')
  expect(location.href).toMatch(/\/account\?tab=2#top$/)
  expect(history.length).toBe(entries)
  expect(history.state).toEqual({ of: 'the app' })
  await client.sms.challenge()
  expect(received[0]?.authorization).toBe('Bearer returned')
})

test.each(['%20', 'a%20b', '%0d%0a', 'jeton-%C3%A9', '%ED%A0%80'])(
  'handleRedirect() takes %s out of the address, and does not use it as a token',
  async token => {
    const { client } = arriveAt(`/account?tab=2&token=${token}`)
    expect(client.handleRedirect()).toBeUndefined()
    expect(location.search).toBe('?tab=2')
    expect(await client.sms.challenge()).toMatchObject({ errorCode: 'token_not_set' })
  },
)

test.each([
  ['?token=&tab=2', undefined, '?tab=2'],
  ['?token', undefined, ''],
  ['?token=&token=returned', 'returned', ''],
  ['?token=returned&%74oken=other&tab=2', 'returned', '?tab=2'],
  ['?tab=2&%74%6F%6B%65%6E=returned', 'returned', '?tab=2'],
])('handleRedirect() takes every token out of %s', (search, token, left) => {
  const { client } = arriveAt(`/account${search}`)
  expect(client.handleRedirect()).toBe(token)
  expect(location.search).toBe(left)
  expect(history.state).toEqual({ of: 'the app' })
})

test('handleRedirect() leaves an address without a token alone', async () => {
  const { client } = arriveAt('/account?tokens=1&q=a+b')
  const replaceState = vi.spyOn(history, 'replaceState')
  expect(client.handleRedirect()).toBeUndefined()
  expect(location.search).toBe('?tokens=1&q=a+b')
  expect(replaceState).not.toHaveBeenCalled()
  replaceState.mockRestore()
  expect(await client.sms.challenge()).toMatchObject({ errorCode: 'token_not_set' })
})
