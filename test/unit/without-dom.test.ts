// @vitest-environment node
import { Authsignal, createClient, launch, sms } from 'authsignal-channels'
import { expect, test } from 'vitest'

test('importing and constructing work where there is no page', async () => {
  expect(globalThis).not.toHaveProperty('document')
  const authsignal = new Authsignal({ tenantId: 'acme' })
  expect(authsignal.anonymousId).toMatch(/^[\da-f-]{36}$/)
  expect(authsignal.cookieDomain).toBe('')
  expect(await createClient({ tenantId: 'acme', channels: { sms } }).sms.challenge()).toMatchObject({
    errorCode: 'token_not_set',
  })
})

test('each client has an ID of its own where there is no page: a server has many users', () => {
  const clients = [1, 2].map(() => new Authsignal({ tenantId: 'acme' }))
  expect(clients[0]!.anonymousId).not.toBe(clients[1]!.anonymousId)
  expect(clients[0]!.anonymousId).toBe(clients[0]!.anonymousId)
})

test('handleRedirect() finds nothing where there is no page', () => {
  expect(new Authsignal({ tenantId: 'acme' }).handleRedirect()).toBeUndefined()
})

test.each(['popup', 'window'] as const)('a %s cannot be launched where there is no page', async mode => {
  const client = createClient({ tenantId: 'acme', channels: { launch } })
  expect(await client.launch('https://ui.example/challenge', { mode })).toMatchObject({
    errorCode: 'launch_failed',
  })
})
