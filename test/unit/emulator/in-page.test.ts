import { expect, test } from 'vitest'
import { createHarness, nextCode, PHONE } from './harness.js'

test('the emulator runs inside a page, with the page’s own Request and Response', async () => {
  expect(typeof document).toBe('object')
  const { emulator, enrol, track, client, validate } = createHarness()
  await enrol('jane')
  const { token } = await track('jane')
  await client(token, '/challenge/sms')
  const verificationCode = await nextCode(emulator, PHONE)
  const request = new Request(`${emulator.config.baseUrl}/client/verify/sms`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
    body: JSON.stringify({ verificationCode }),
  })
  expect(await (await emulator.fetch(request)).json()).toMatchObject({ isVerified: true })
  expect((await validate(token)).isValid).toBe(true)
})
