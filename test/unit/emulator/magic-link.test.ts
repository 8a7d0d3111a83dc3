// @vitest-environment node
import { describe, expect, test } from 'vitest'
import { createHarness, EMAIL, type Harness, ORIGIN } from './harness.js'

async function enrolled() {
  const harness = createHarness()
  await harness.enrol('jane', EMAIL, 'EMAIL_MAGIC_LINK')
  const { token } = await harness.track('jane')
  return { ...harness, token }
}

const challenge = ({ client }: Harness, token: string) => client(token, '/challenge/email-magic-link')

const finalize = async ({ client }: Harness, token: string, body?: object) =>
  (await client(token, '/verify/email-magic-link/finalize', { ...(body && { body }) })).body

const nextLink = async ({ emulator }: Harness) =>
  (await emulator.messages.next({ to: EMAIL, channel: 'EMAIL', timeout: 100 })).url!

/** Opens the link, or presses its button. */
async function page({ emulator }: Harness, url: string, method: 'GET' | 'HEAD' | 'POST' = 'GET') {
  const response = await emulator.fetch(url, { method })
  return { status: response.status, html: await response.text(), headers: response.headers }
}

test('a link is sent, followed on any device, and the first tab learns of it', async () => {
  const harness = await enrolled()
  const { token, validate, emulator } = harness
  const { body } = await challenge(harness, token)
  expect(body).toEqual({ challengeId: expect.any(String) })
  const message = emulator.messages.latest()!
  expect(message).toMatchObject({
    channel: 'EMAIL',
    to: EMAIL,
    challengeId: body.challengeId,
    userId: 'jane',
  })
  expect(message.url).toMatch(new RegExp(`^${ORIGIN}/magic-link/`))
  expect(message.body).toContain(message.url)
  expect(message.code).toBeUndefined()
  expect(await finalize(harness, token)).toEqual({ isVerified: false })

  const pressed = await page(harness, message.url!, 'POST')
  expect(pressed.status).toBe(200)
  expect(pressed.html).toContain('You are verified')
  expect(await validate(token)).toMatchObject({ isValid: true, verificationMethod: 'EMAIL_MAGIC_LINK' })
  for (const input of [undefined, {}, body])
    expect(await finalize(harness, token, input)).toEqual({
      isVerified: true,
      accessToken: expect.any(String),
    })
})

test('opening the link changes nothing, however often a mail scanner does it', async () => {
  const harness = await enrolled()
  const { token, validate } = harness
  await challenge(harness, token)
  const url = await nextLink(harness)
  for (const method of ['GET', 'HEAD', 'GET'] as const)
    expect((await page(harness, url, method)).status).toBe(200)
  expect(await finalize(harness, token)).toEqual({ isVerified: false })
  expect((await validate(token)).isValid).toBe(false)
  expect((await page(harness, url, 'POST')).status).toBe(200)
})

test('the page works without script, and can be neither framed nor made to load or send anything', async () => {
  const harness = await enrolled()
  await challenge(harness, harness.token)
  const { html, headers } = await page(harness, await nextLink(harness))
  const nonce = /<style nonce="(\w+)">/.exec(html)?.[1]
  expect(nonce).toMatch(/^[0-9a-f]{32}$/)
  expect(html).toContain('<form method="post"><button type="submit">')
  expect(html).not.toMatch(/<script|http|style="| on\w+=/)
  expect(Object.fromEntries(headers)).toEqual({
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': `default-src 'none'; style-src 'nonce-${nonce}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
  })
})

test('the tenant’s name is text on the page, whatever it is', async () => {
  const harness = createHarness({ tenantId: '<img src=x onerror="alert(1)">&' })
  const { html } = await page(harness, `${ORIGIN}/magic-link/x/y`)
  expect(html).not.toContain('<img')
})

describe('an invalid link is a page with an error', () => {
  test.each(['GET', 'POST'] as const)('unknown, by %s', async method => {
    const harness = await enrolled()
    await challenge(harness, harness.token)
    const url = await nextLink(harness)
    for (const broken of [
      url.slice(0, -1),
      `${url}0`,
      url.replace(/[^/]+$/, 'x'),
      `${ORIGIN}/magic-link/x/y`,
    ]) {
      const { status, html } = await page(harness, broken, method)
      expect(status).toBe(404)
      expect(html).toContain('This link is not valid')
    }
    expect(await finalize(harness, harness.token)).toEqual({ isVerified: false })
  })

  test('used', async () => {
    const harness = await enrolled()
    await challenge(harness, harness.token)
    const url = await nextLink(harness)
    const pressed = await Promise.all(Array.from({ length: 20 }, () => page(harness, url, 'POST')))
    expect(pressed.filter(({ status }) => status === 200)).toHaveLength(1)
    for (const method of ['GET', 'POST'] as const) {
      const { status, html } = await page(harness, url, method)
      expect(status).toBe(410)
      expect(html).toContain('This link was used already')
      expect(html).not.toContain('<form')
    }
  })

  test('expired', async () => {
    const harness = await enrolled()
    await challenge(harness, harness.token)
    const url = await nextLink(harness)
    harness.emulator.clock.advance(600)
    for (const method of ['GET', 'POST'] as const) {
      const { status, html } = await page(harness, url, method)
      expect(status).toBe(410)
      expect(html).toContain('This link has expired')
    }
    const [action] = (await harness.server('/users/jane/actions')).body
    expect(action.state).toBe('CHALLENGE_REQUIRED')
  })

  test('replaced by a newer one', async () => {
    const harness = await enrolled()
    await challenge(harness, harness.token)
    const first = await nextLink(harness)
    await challenge(harness, harness.token)
    expect((await page(harness, first, 'POST')).status).toBe(410)
    expect((await page(harness, await nextLink(harness), 'POST')).status).toBe(200)
  })

  test('a code that was sent is no link', async () => {
    const harness = createHarness()
    await harness.enrol('jane', EMAIL, 'EMAIL_OTP')
    const { token } = await harness.track('jane')
    const { challengeId } = (await harness.client(token, '/challenge/email-otp')).body
    const { code } = harness.emulator.messages.latest()!
    expect((await page(harness, `${ORIGIN}/magic-link/${challengeId}/${code}`, 'POST')).status).toBe(404)
  })
})

describe('enrolling', () => {
  test('is completed by the link', async () => {
    const harness = createHarness()
    const { token } = await harness.track('jane')
    const { body } = await harness.client(token, '/user-authenticators/email-magic-link', {
      body: { email: EMAIL },
    })
    const { userAuthenticatorId, challengeId } = body
    expect(body).toEqual({ userAuthenticatorId, userId: 'jane', challengeId: expect.any(String) })
    expect((await harness.server('/users/jane')).body.isEnrolled).toBe(false)
    await page(harness, await nextLink(harness), 'POST')
    expect(await finalize(harness, token, { challengeId })).toMatchObject({
      isVerified: true,
      userAuthenticator: {
        userAuthenticatorId,
        verificationMethod: 'EMAIL_MAGIC_LINK',
        email: 'j***@example.com',
      },
    })
    expect((await harness.server('/users/jane')).body).toMatchObject({ isEnrolled: true, email: EMAIL })
  })

  test('a further one needs the scope', async () => {
    const harness = createHarness()
    await harness.enrol('jane')
    const { token } = await harness.track('jane')
    const body = { email: EMAIL }
    expect((await harness.client(token, '/user-authenticators/email-magic-link', { body })).status).toBe(403)
    expect((await challenge(harness, token)).status).toBe(400)
  })
})

test('the link of one user or action does not verify the token of another', async () => {
  const harness = await enrolled()
  const { challengeId } = (await challenge(harness, harness.token)).body
  await page(harness, await nextLink(harness), 'POST')
  for (const { token } of [await harness.track('john'), await harness.track('jane')]) {
    expect(await finalize(harness, token)).toEqual({ isVerified: false })
    expect((await finalize(harness, token, { challengeId })).errorCode).toBe('not_found')
  }
})

test('a thirteenth link in ten minutes is refused', async () => {
  const harness = await enrolled()
  for (let i = 0; i < 12; i++) expect((await challenge(harness, harness.token)).status).toBe(200)
  expect(await challenge(harness, harness.token)).toMatchObject({
    status: 429,
    body: { errorCode: 'too_many_requests' },
  })
  expect((await page(harness, harness.emulator.messages.latest()!.url!, 'POST')).status).toBe(200)
})

test('finalize stays successful until the token expires', async () => {
  const harness = await enrolled()
  await challenge(harness, harness.token)
  await page(harness, await nextLink(harness), 'POST')
  harness.emulator.clock.advance(599)
  expect((await finalize(harness, harness.token)).isVerified).toBe(true)
  harness.emulator.clock.advance(1)
  expect((await finalize(harness, harness.token)).errorCode).toBe('expired_token')
})

test('a backend cannot verify a link with a code', async () => {
  const harness = await enrolled()
  const { challengeId } = (await challenge(harness, harness.token)).body
  const verificationCode = (await nextLink(harness)).split('/').at(-1)
  const verify = await harness.server('/verify', { body: { challengeId, verificationCode } })
  expect([verify.status, verify.body.errorCode]).toEqual([400, 'invalid_request'])
  expect((await harness.server('/challenge', { body: { challengeId } })).status).toBe(400)
})
