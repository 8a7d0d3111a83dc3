// @vitest-environment node
import { expect, test } from 'vitest'
import { EMAIL, OTHER_PHONE, PHONE } from './harness.js'
import { claims, createNotpHarness, messageOf, refusal } from './notp.js'

const THIRD_PHONE = '+64219999999'
const CONFLICT = { status: 400, code: 'E062107' }
const NOT_VALID = { status: 400, code: 'E011004' }

/** An emulator where Jane, whose login ID is an address, is signed in. */
async function inhabited() {
  const harness = createNotpHarness()
  const { refreshJwt, user } = await harness.login('signup', { loginId: EMAIL })
  return {
    ...harness,
    refreshJwt,
    user,
    update: (body: object = {}) => harness.start('update', { loginId: EMAIL, ...body }, refreshJwt),
    phone: async () => (await harness.me(refreshJwt)).body.phone,
  }
}

test('a new number counts when the message from it has arrived, and not before', async () => {
  const { update, phone, approve, poll, user } = await inhabited()
  const { pendingRef, redirectUrl } = (await update({ phone: OTHER_PHONE })).body
  expect(messageOf(redirectUrl)).toMatch(/^Please confirm my number\. My code: \w{16}$/)
  expect((await approve({ pendingRef })).status).toBe(400)
  expect((await approve({ pendingRef }, THIRD_PHONE)).status).toBe(400)
  expect(await phone()).toBe(PHONE)

  expect((await approve({ pendingRef }, OTHER_PHONE)).body).toMatchObject({
    approved: true,
    flow: 'update',
    userId: user.userId,
    firstSeen: false,
    reply: 'Your number is confirmed. Return to the page where you began.',
  })
  expect(await phone()).toBe(OTHER_PHONE)
  const { body } = await poll(pendingRef)
  expect(body).toMatchObject({ firstSeen: false, user: { phone: OTHER_PHONE, loginIds: [EMAIL] } })
  expect(claims(body.sessionJwt)).toMatchObject({ sub: user.userId, drn: 'DS' })
})

test.each([{}, { phone: '' }, { phone: '', loginId: '' }])(
  'with %j the number is that of the message',
  async body => {
    const { update, phone, approve } = await inhabited()
    const { pendingRef } = (await update(body)).body
    await approve({ pendingRef }, OTHER_PHONE)
    expect(await phone()).toBe(OTHER_PHONE)
  },
)

test('addToLoginIDs makes the number a login ID, once', async () => {
  const { update, approve, login } = await inhabited()
  for (let i = 0; i < 2; i++) {
    const { pendingRef } = (await update({ phone: OTHER_PHONE, addToLoginIDs: true })).body
    await approve({ pendingRef }, OTHER_PHONE)
  }
  const { user } = await login('signin', { loginId: OTHER_PHONE }, { phone: OTHER_PHONE })
  expect(user.loginIds).toEqual([EMAIL, OTHER_PHONE])
})

test('a number that is another user’s login ID is a conflict, and nothing changes', async () => {
  const { update, phone, approve, poll, login } = await inhabited()
  await login('signup', { loginId: OTHER_PHONE }, { phone: OTHER_PHONE })
  expect(refusal(await update({ phone: OTHER_PHONE, addToLoginIDs: true }))).toEqual(CONFLICT)

  const { pendingRef } = (await update({ addToLoginIDs: true, onMergeUseExisting: true })).body
  const { approved, errorCode } = (await approve({ pendingRef }, OTHER_PHONE)).body
  expect([approved, errorCode]).toEqual([false, CONFLICT.code])
  expect(refusal(await poll(pendingRef))).toEqual(CONFLICT)
  expect(await phone()).toBe(PHONE)
})

test('a number that was another user’s login ID before does not matter to the next one', async () => {
  const { update, approve, login } = await inhabited()
  await login('signup', { loginId: OTHER_PHONE }, { phone: OTHER_PHONE })
  const { pendingRef } = (await update()).body
  await approve({ pendingRef }, OTHER_PHONE)
  const next = (await update({ addToLoginIDs: true })).body
  expect((await approve({ pendingRef: next.pendingRef }, THIRD_PHONE)).body.approved).toBe(true)
})

test('a user has at most 20 login IDs', async () => {
  const { update, approve, emulator } = await inhabited()
  const add = async (phone: string) => {
    // As many starts at once are too many.
    emulator.clock.advance(600)
    const { pendingRef } = (await update({ addToLoginIDs: true })).body
    return (await approve({ pendingRef }, phone)).body
  }
  for (let i = 1; i < 20; i++) expect((await add(`+642100000${10 + i}`)).approved).toBe(true)
  expect(await add('+64210000099')).toMatchObject({
    approved: false,
    errorCode: NOT_VALID.code,
    reply: expect.stringContaining('too many login IDs'),
  })
  expect((await add('+64210000011')).approved).toBe(true)
})

test('it needs the refresh token of that user', async () => {
  const { start, login, logout, refreshJwt } = await inhabited()
  const other = await login('signup', {}, { phone: OTHER_PHONE })
  const body = { loginId: EMAIL, phone: THIRD_PHONE }
  expect(refusal(await start('update', body))).toEqual({ status: 401, code: 'E011002' })
  expect(refusal(await start('update', body, 'x'))).toEqual({ status: 401, code: 'E011004' })
  expect(refusal(await start('update', body, other.sessionJwt))).toEqual({ status: 401, code: 'E011004' })
  expect(refusal(await start('update', body, other.refreshJwt))).toEqual(NOT_VALID)
  expect(refusal(await start('update', { loginId: 'unknown' }, refreshJwt))).toEqual(NOT_VALID)
  await logout(refreshJwt)
  expect(refusal(await start('update', body, refreshJwt))).toEqual({ status: 401, code: 'E064001' })
})
