import { expect, test, vi } from 'vitest'
import { isBearer } from '../../../src/elements/challenge/session.js'
import { fakeClient, held, mount } from './harness.js'
import { authenticator, enrolledBy, SMS } from './sessions.js'

const submit = (node: Element) =>
  node.querySelector('form')!.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }))

test('mountChallenge() gives the token to the client, draws the screen, and reports it', async () => {
  const client = fakeClient(enrolledBy(SMS))
  const { node, onReady, onScreen } = mount(client)
  await vi.waitFor(() => expect(onReady).toHaveBeenCalledOnce())
  expect(client.setToken).toHaveBeenCalledExactlyOnceWith('track.token')
  expect(onScreen).toHaveBeenCalledExactlyOnceWith({
    name: 'code',
    title: 'Enter the code',
    lang: 'en-US',
    dir: 'ltr',
  })
  expect(node.querySelector('h1')?.textContent).toBe('Enter the code')
})

test('mountChallenge() reports the token of a verified user', async () => {
  const { node, onReady, onSuccess } = mount(fakeClient(enrolledBy(SMS)))
  await vi.waitFor(() => expect(onReady).toHaveBeenCalledOnce())
  const input = node.querySelector('input')!
  input.value = '123456'
  input.dispatchEvent(new Event('input', { bubbles: true }))
  submit(node)
  await vi.waitFor(() => expect(onSuccess).toHaveBeenCalledExactlyOnceWith({ token: 'new.token' }))
})

test('unmount() empties the node, aborts what is waited for, and calls no handler', async () => {
  const client = fakeClient(enrolledBy(authenticator('EMAIL_MAGIC_LINK')))
  client.emailML.checkVerificationStatus.mockImplementation(() => held().promise)
  const { node, challenge, onSuccess, onCancel } = mount(client)
  await vi.waitFor(() => expect(client.emailML.checkVerificationStatus).toHaveBeenCalledOnce())
  challenge.unmount()
  expect(node.childNodes.length).toBe(0)
  expect(client.emailML.checkVerificationStatus.mock.calls[0]![0].signal!.aborted).toBe(true)
  challenge.leave()
  expect(onSuccess).not.toHaveBeenCalled()
  expect(onCancel).not.toHaveBeenCalled()
})

test('isBearer() refuses what cannot be in a header', () => {
  expect(isBearer('eyJh.eyJz.c2ln-_')).toBe(true)
  expect(isBearer('a b')).toBe(false)
  expect(isBearer('a\nb')).toBe(false)
  expect(isBearer('é')).toBe(false)
})
