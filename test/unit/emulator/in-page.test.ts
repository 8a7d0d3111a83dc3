import { expect, test } from 'vitest'
import { createHarness, nextCode, PHONE } from './harness.js'
import { createNotpHarness } from './notp.js'

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

test('nOTP does too, with its picture', async () => {
  const { start, approve, poll, me } = createNotpHarness()
  const { pendingRef, image } = (await start('signup', { loginId: PHONE })).body
  expect(atob(image).slice(1, 4)).toBe('PNG')
  await approve({ pendingRef })
  const { refreshJwt, user } = (await poll(pendingRef)).body
  expect((await me(refreshJwt)).body).toEqual(user)
})
