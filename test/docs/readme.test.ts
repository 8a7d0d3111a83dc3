/** The README's backend and app, as a reader would paste them; its page is `readme.browser.test.ts`. */
import { createEmulator, listen } from 'authsignal-channels/emulator'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runBlock } from '../support/documentation.js'

const PHONE = '+64210000001'
const emulator = createEmulator()
let server: Awaited<ReturnType<typeof listen>>

beforeAll(async () => {
  server = await listen(emulator, { port: 0 })
})
afterAll(() => server.close())

test('the backend and the app of the README step a user up', async () => {
  const backend = await runBlock<{
    startStepUp(userId: string, phoneNumber: string): Promise<{ token: string; url: string }>
    hasSteppedUp(userId: string, token: string): Promise<boolean>
  }>('README/backend', server.url)
  const app = await runBlock<{
    sendCode(token: string): Promise<string>
    checkCode(code: string): Promise<{ token?: string; message?: string }>
  }>('README/app', server.url)

  const { token } = await backend.startStepUp('joe', PHONE)
  expect(await app.sendCode(token)).toBe('We have sent you a code.')
  const code = await emulator.messages.nextCode({ to: PHONE, channel: 'WHATSAPP' })
  const wrong = code === '000000' ? '000001' : '000000'
  expect(await app.checkCode(wrong)).toEqual({ message: 'That code is wrong or has expired.' })
  expect(await app.checkCode(' ')).toEqual({ message: expect.stringContaining('empty') })
  expect(await backend.hasSteppedUp('joe', token)).toBe(false)

  const verified = await app.checkCode(code)
  expect(await backend.hasSteppedUp('joe', verified.token!)).toBe(true)
})
