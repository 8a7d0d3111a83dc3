// @vitest-environment node
import { get } from 'node:http'
import { createEmulator, listen } from 'authsignal-channels/emulator'
import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { createControlAccess } from '../../../src/emulator/node/control-access.js'

afterEach(() => void vi.unstubAllEnvs())

describe('an emulator that other machines can reach', () => {
  const OTHER = '172.17.0.1'
  const access = createControlAccess('the-token')
  const request = (path: string, headers: Record<string, string> = {}, host = 'localhost:4010') =>
    new Request(`http://${host}${path}`, { headers })

  test.each([
    ['/emulator/messages', {}],
    ['/emulator', {}],
    ['//emulator/messages', {}],
    ['/t/acme/emulator/messages', {}],
    ['/emulator/messages', { Authorization: 'Bearer another' }],
    ['/emulator/messages', { Cookie: 'emulator-control=another' }],
    ['/emulator/messages?control-token=another', {}],
  ])('refuses them %s %j', (path, headers: Record<string, string>) => {
    expect(() => access.check(request(path, headers), OTHER)).toThrow('the token that was printed')
  })

  test.each([
    ['/emulator/messages', { Authorization: 'Bearer the-token' }],
    ['/emulator/messages', { Cookie: 'a=b; emulator-control=the-token' }],
    ['/v1/users/jane', {}],
    ['/challenge', {}],
    ['/', {}],
  ])('lets them use %s %j', (path, headers: Record<string, string>) => {
    expect(access.check(request(path, headers), OTHER)).toBeUndefined()
  })

  test.each(['127.0.0.1', '::1', '::ffff:127.0.0.1'])('needs no token from %s', address => {
    expect(access.check(request('/emulator/messages'), address)).toBeUndefined()
    // A proxy on this machine passes on what others send.
    expect(() => access.check(request('/emulator/messages', {}, 'dev.example'), address)).toThrow()
  })

  test('makes a cookie of the token in the address, which a browser opens once', () => {
    const response = access.check(request('/?control-token=the-token&search=jane'), OTHER)!
    expect(response.status).toBe(303)
    expect(response.headers.get('Location')).toBe('/?search=jane')
    expect(response.headers.get('Set-Cookie')).toBe(
      'emulator-control=the-token; Path=/; HttpOnly; SameSite=Strict',
    )
  })

  test('serves its control routes by any host name to who has the token', async () => {
    const options = { port: 0, host: '127.0.0.1', unsafeHost: true }
    const { port, controlToken, close } = await listen(createEmulator(), options)
    onTestFinished(close)
    const status = (headers: Record<string, string>) =>
      new Promise<number | undefined>((resolve, reject) => {
        const path = '/emulator/health'
        get({ host: '127.0.0.1', port, path, headers: { Host: 'dev.example', ...headers } }, response => {
          response.resume()
          resolve(response.statusCode)
        }).on('error', reject)
      })
    const Authorization = `Bearer ${controlToken}`
    expect(await status({})).toBe(403)
    expect(await status({ Authorization })).toBe(200)
    expect(await status({ Authorization, Origin: 'https://evil.example' })).toBe(403)
  })
})

test('an emulator for this machine has no token', async () => {
  const { controlToken, close } = await listen(createEmulator(), { port: 0 })
  await close()
  expect(controlToken).toBeUndefined()
})

test('an emulator starts in production only when an option allows it', async () => {
  vi.stubEnv('NODE_ENV', 'production')
  await expect(listen(createEmulator(), { port: 0 })).rejects.toThrow(
    /^NODE_ENV is production.*"allowProduction"/,
  )
  const { close } = await listen(createEmulator(), { port: 0, allowProduction: true })
  await close()
})
