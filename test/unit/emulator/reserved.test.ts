// @vitest-environment node
import { readFileSync } from 'node:fs'
import { createEmulator } from 'authsignal-channels/emulator'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createHarness, harnessOf } from './harness.js'

const start = (harness: ReturnType<typeof createHarness>, to: string) =>
  harness.server('/challenge', {
    body: {
      action: 'signIn',
      ...(to.includes('@')
        ? { verificationMethod: 'EMAIL_OTP', email: to }
        : { verificationMethod: 'SMS', phoneNumber: to }),
    },
  })

const ROWS = [
  ['+12025550101', 'fixed@emulator.test'],
  ['+12025550102', 'lost@emulator.test'],
  ['+12025550103', 'late@emulator.test'],
  ['+12025550104', 'refused@emulator.test'],
  ['+12025550105', 'limited@emulator.test'],
] as const
const [FIXED, LOST, LATE, REFUSED, LIMITED] = ROWS

test('the docs list each of them', () => {
  const page = readFileSync('docs/emulator.md', 'utf8')
  for (const [number, address] of ROWS) expect(page).toContain(`| \`${number}\` | \`${address}\` |`)
})

test.each(ROWS.flat())('%s is like any other unless reserved numbers are switched on', async to => {
  const harness = createHarness()
  expect((await start(harness, to)).status).toBe(200)
  const { code } = harness.emulator.messages.latest({ to })!
  expect(code).toMatch(/^\d{6}$/)
  expect(code).not.toBe('424242')
})

test.each([...FIXED, 'Fixed@Emulator.Test'])(
  '%s always gets 424242, also by a resend, and it verifies',
  async to => {
    const harness = createHarness({ reserved: true })
    const { challengeId } = (await start(harness, to)).body
    await harness.server('/challenge', { body: { challengeId } })
    expect(harness.emulator.messages.list({ to }).map(({ code }) => code)).toEqual(['424242', '424242'])
    const body = { challengeId, verificationCode: '424242' }
    expect((await harness.server('/verify', { body })).body.isVerified).toBe(true)
  },
)

test('another number does not get 424242 by that', async () => {
  const harness = createHarness({ reserved: true })
  const { challengeId } = (await start(harness, '+64211234567')).body
  const body = { challengeId, verificationCode: '424242' }
  expect((await harness.server('/verify', { body })).body.isVerified).toBe(false)
})

test.each(LOST)('what is sent to %s does not arrive', async to => {
  const harness = createHarness({ reserved: true })
  expect((await start(harness, to)).status).toBe(200)
  expect(harness.emulator.messages.list()).toEqual([])
})

test.each(REFUSED)('the provider refuses %s', async to => {
  const { status, body } = await start(createHarness({ reserved: true }), to)
  expect([status, body.errorCode]).toEqual([502, 'delivery_failed'])
})

test.each(LIMITED)('the limit of %s is reached', async to => {
  const { status, body, headers } = await start(createHarness({ reserved: true }), to)
  expect([status, body.errorCode, headers.get('Retry-After')]).toEqual([429, 'too_many_requests', '60'])
})

test('a user with a reserved number has the same by the Client API', async () => {
  const { enrol, track, client } = createHarness({ reserved: true })
  await enrol('jane', REFUSED[0])
  const { token } = await track('jane')
  expect((await client(token, '/challenge/sms')).status).toBe(502)
})

describe('a late message', () => {
  beforeEach(() => {
    vi.useFakeTimers()
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  test.each(LATE)('to %s arrives after three seconds', async to => {
    const harness = createHarness({ reserved: true })
    const seen: string[] = []
    harness.emulator.messages.observe({ message: message => seen.push(message.to) })
    await start(harness, to)
    vi.advanceTimersByTime(2900)
    expect([seen, harness.emulator.messages.list()]).toEqual([[], []])
    vi.advanceTimersByTime(200)
    expect(seen).toEqual([to])
    expect(harness.emulator.messages.list()).toHaveLength(1)
  })

  test('arrives when the clock is moved ahead', async () => {
    const harness = createHarness({ reserved: true })
    await start(harness, LATE[0])
    harness.emulator.clock.advance(3)
    expect((await harness.emulator.messages.next()).to).toBe(LATE[0])
  })

  test('arrives in an emulator that was restored meanwhile, and not after a reset', async () => {
    const [one, two] = [createHarness({ reserved: true }), createHarness()]
    await start(one, LATE[0])
    const snapshot = await one.emulator.snapshot()
    await two.emulator.restore(snapshot)
    one.emulator.reset()
    vi.advanceTimersByTime(3100)
    expect(one.emulator.messages.list()).toEqual([])
    expect(two.emulator.messages.list()).toHaveLength(1)
  })
})

test('a seed can switch them on', async () => {
  const harness = harnessOf(createEmulator({ seed: { reserved: true } }))
  expect((await start(harness, REFUSED[0])).status).toBe(502)
})
