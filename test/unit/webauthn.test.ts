/** Ceremonies that an extension has taken over, and the time that ends them. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { authenticate, register } from '../../src/client/channels/webauthn.js'

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('PublicKeyCredential', class {})
  const never = () => new Promise(() => {})
  vi.stubGlobal('navigator', { credentials: { create: never, get: never } })
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const request = { challenge: 'AA', rpId: 'localhost' }
const creation = {
  challenge: 'AA',
  rp: { name: 'Acme' },
  user: { id: 'AA', name: 'jane', displayName: 'Jane' },
  pubKeyCredParams: [],
}

test.each([
  ['register', 60_000, () => register({ ...creation, timeout: 60_000 }, {})],
  ['register', 300_000, () => register(creation, {})],
  ['authenticate', 60_000, () => authenticate({ ...request, timeout: 60_000 }, {})],
  ['authenticate', 300_000, () => authenticate(request, {})],
])('%s() ends a little after %i ms without a response', async (_, timeout, start) => {
  const ceremony = start()
  await vi.advanceTimersByTimeAsync(timeout)
  expect(await Promise.race([ceremony, 'waiting'])).toBe('waiting')
  await vi.advanceTimersByTimeAsync(5000)
  expect(await ceremony).toMatchObject({ errorCode: 'timeout' })
})
