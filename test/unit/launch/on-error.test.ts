import { Authsignal } from 'authsignal-channels'
import { afterEach, expect, test, vi } from 'vitest'

afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})

test('an onError that throws goes to reportError, and the launch still resolves with its token', async () => {
  const reported = vi.fn()
  vi.stubGlobal('reportError', reported)
  const hosted = { closed: false, location: { href: 'https://ui.test/' }, close: vi.fn() }
  vi.spyOn(globalThis, 'open').mockReturnValue(hosted as never)
  const mistake = new Error('a mistake of the app')
  const authsignal = new Authsignal({ tenantId: 'acme' })
  const outcome = authsignal.launch('https://ui.test/challenge', {
    mode: 'window',
    onError() {
      throw mistake
    },
  })
  const say = (message: object) => {
    const event = new MessageEvent('message', { data: JSON.stringify(message), origin: 'https://ui.test' })
    Object.defineProperty(event, 'source', { value: hosted })
    dispatchEvent(event)
  }
  say({ event: 'AUTHSIGNAL_API_ERROR', errorCode: 'server_error', statusCode: 500 })
  expect(reported).toHaveBeenCalledExactlyOnceWith(mistake)
  say({ event: 'AUTHSIGNAL_CLOSE_POPUP', token: 'token' })
  expect(await outcome).toMatchObject({ token: 'token' })
  expect(hosted.close).toHaveBeenCalledOnce()
})
