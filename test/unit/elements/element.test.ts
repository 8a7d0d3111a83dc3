/** `<authsignal-challenge>` in a page, with the emulator behind it. */
import { createClient, sms } from 'authsignal-channels'
import {
  type AuthsignalChallengeElement,
  defineChallenge,
  email as emailMethod,
  sms as smsMethod,
} from 'authsignal-channels/elements'
import { createEmulator, type Emulator } from 'authsignal-channels/emulator'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'

const TENANT = 'demo-tenant'
const PHONE = '+6421000001'
const EMAIL = 'jo@example.com'

let emulator: Emulator
let requests: string[]
let users = 0

beforeEach(() => {
  emulator = createEmulator()
  requests = []
  vi.stubGlobal('fetch', (request: Request) => {
    requests.push(new URL(request.url).pathname)
    return emulator.fetch(request)
  })
})

afterEach(() => {
  document.body.replaceChildren()
  vi.unstubAllGlobals()
})

async function server(path: string, body: object): Promise<{ readonly token: string }> {
  const response = await emulator.fetch(
    new Request(`http://emulator.example/v1${path}`, {
      method: 'POST',
      headers: {
        authorization: `Basic ${btoa(`${emulator.config.apiSecretKey}:`)}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify(body),
    }),
  )
  return response.json()
}

/** The token of a new user with these methods, who is about to pay. */
async function track(...methods: ('SMS' | 'EMAIL_OTP')[]): Promise<string> {
  const userId = `user-${++users}`
  for (const verificationMethod of methods)
    await server(`/users/${userId}/authenticators`, {
      verificationMethod,
      ...(verificationMethod === 'SMS' ? { phoneNumber: PHONE } : { email: EMAIL }),
    })
  const { token } = await server(`/users/${userId}/actions/pay`, {})
  return token
}

/** An element in the page, which records its events. */
function add(properties: Partial<AuthsignalChallengeElement> = {}, tag = 'authsignal-challenge') {
  const element = document.createElement(tag) as AuthsignalChallengeElement
  const events: [type: string, detail: unknown][] = []
  for (const type of ['ready', 'success', 'cancel', 'error', 'step'])
    element.addEventListener(type, event => events.push([type, (event as CustomEvent).detail]))
  Object.assign(element, { tenantId: TENANT, baseUrl: 'http://emulator.example/v1' }, properties)
  document.body.append(element)
  return { element, events, types: () => events.map(([type]) => type) }
}

const title = (element: Element) => element.querySelector('h1')?.textContent

const untilTitle = (element: Element, text: string) => vi.waitFor(() => expect(title(element)).toBe(text))

async function enter(element: Element, code: string) {
  const input = element.querySelector('input')!
  input.value = code
  input.dispatchEvent(new Event('input', { bubbles: true }))
}

const nextCode = async () => await emulator.messages.nextCode({ to: PHONE })

describe('a challenge', () => {
  test('starts with the token, and ends with the token of the verified user', async () => {
    const { element, events, types } = add()
    await Promise.resolve()
    expect(requests).toEqual([])
    element.token = await track('SMS')
    await untilTitle(element, 'Enter the code')
    expect(types()).toEqual(['ready', 'step'])
    expect(events[1]![1]).toMatchObject({ name: 'code', title: 'Enter the code', dir: 'ltr' })

    await enter(element, await nextCode())
    await untilTitle(element, 'Verified')
    const [, detail] = events.find(([type]) => type === 'success')!
    const { token } = detail as { token: string }
    const verdict = await server('/validate', { token })
    expect(verdict).toMatchObject({ isValid: true })
    expect(types()).not.toContain('cancel')
  })

  test('reports a cancel, and an error with its code', async () => {
    const { element, events, types } = add({ token: await track('SMS', 'EMAIL_OTP') })
    await untilTitle(element, 'Confirm it’s you')
    element.leave()
    expect(events.at(-1)).toEqual(['cancel', { redirectUrl: undefined }])
    await untilTitle(element, 'Cancelled')

    element.token = 'not.a.token'
    await vi.waitFor(() => expect(types()).toContain('error'))
    expect(events.find(([type]) => type === 'error')![1]).toMatchObject({
      errorCode: 'invalid_token',
      status: 401,
    })
  })

  test('shares the client of the page, which has the new token at the end', async () => {
    const client = createClient({
      tenantId: TENANT,
      baseUrl: 'http://emulator.example/v1',
      channels: { sms },
    })
    const { element, types } = add({
      tenantId: '',
      baseUrl: '',
      client,
      token: await track('SMS'),
    })
    await untilTitle(element, 'Enter the code')
    await enter(element, await nextCode())
    await vi.waitFor(() => expect(types()).toContain('success'))
    expect((await client.sms.challenge()).errorCode).not.toBe('token_not_set')
  })
})

describe('its life in the page', () => {
  test('ends when it is taken out: its requests are aborted, and nothing is left', async () => {
    // Kept: when Node has collected a request, an abort no longer reaches its signal.
    const sent: Request[] = []
    vi.stubGlobal('fetch', (request: Request) => {
      sent.push(request)
      return new Promise(() => {})
    })
    const { element, events } = add({ token: await track('SMS') })
    await vi.waitFor(() => expect(sent).toHaveLength(1))
    element.remove()
    expect(element.childNodes).toHaveLength(0)
    await vi.waitFor(() => expect(sent[0]!.signal.aborted).toBe(true))
    await new Promise(resolve => setTimeout(resolve))
    expect(events).toEqual([])
  })

  test('starts afresh when it is added again', async () => {
    const { element, types } = add({ token: await track('SMS') })
    await untilTitle(element, 'Enter the code')
    element.remove()
    document.body.append(element)
    await untilTitle(element, 'Enter the code')
    expect(requests.filter(path => path.endsWith('/init'))).toHaveLength(2)
    expect(types()).toEqual(['ready', 'step', 'ready', 'step'])
  })

  test('two in one page do not mix', async () => {
    const first = add({ token: await track('SMS') })
    const second = add({ token: await track('SMS', 'EMAIL_OTP') })
    await untilTitle(first.element, 'Enter the code')
    await untilTitle(second.element, 'Confirm it’s you')
    await enter(first.element, await nextCode())
    await vi.waitFor(() => expect(first.types()).toContain('success'))
    expect(second.types()).toEqual(['ready', 'step'])
    expect(title(second.element)).toBe('Confirm it’s you')
  })

  test('two in one page have no ID in common', async () => {
    const elements = [add({ token: await track('SMS') }), add({ token: await track('SMS') })]
    for (const { element } of elements) await untilTitle(element, 'Enter the code')
    const ids = [...document.querySelectorAll('[id]')].map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    for (const input of document.querySelectorAll('input')) {
      expect(input.labels).toHaveLength(1)
      for (const id of input.getAttribute('aria-describedby')!.split(' ')) expect(ids).toContain(id)
    }
  })

  test('moves the focus to its first screen, unless the user is elsewhere on the page', async () => {
    const field = document.body.appendChild(document.createElement('input'))
    field.focus()
    const { element } = add({ token: await track('SMS') })
    await untilTitle(element, 'Enter the code')
    expect(document.activeElement).toBe(field)
    element.focus()
    expect(document.activeElement).toBe(element.querySelector('input'))
    element.remove()
    field.blur()
    document.body.append(element)
    await vi.waitFor(() => expect(document.activeElement).toBe(element.querySelector('input')))
  })

  test('keeps what was set before it was defined', async () => {
    const tag = 'acme-late'
    const { element } = add({ token: await track('SMS') }, tag)
    expect(element.childNodes).toHaveLength(0)
    defineChallenge({ tag })
    customElements.upgrade(element)
    expect(Object.hasOwn(element, 'token')).toBe(false)
    await untilTitle(element, 'Enter the code')
  })

  test('makes one start of several changes', async () => {
    const token = await track('SMS')
    const { element } = add()
    element.setAttribute('tenant-id', 'other')
    element.tenantId = TENANT
    element.token = token
    element.region = ''
    await untilTitle(element, 'Enter the code')
    expect(requests.filter(path => path.endsWith('/init'))).toHaveLength(1)
  })
})

describe('its properties', () => {
  test('are those of attributes, and scripts alone set the token and the client', () => {
    const { element } = add()
    element.methods = 'sms email'
    expect(element.getAttribute('methods')).toBe('sms email')
    element.setAttribute('base-url', 'http://other.example/v1')
    expect(element.baseUrl).toBe('http://other.example/v1')
    element.token = 'a.b.c'
    expect(element.outerHTML).not.toContain('a.b.c')
    element.setAttribute('token', 'd.e.f')
    expect(element.token).toBe('a.b.c')
  })

  test('choose the methods and their order', async () => {
    const token = await track('SMS', 'EMAIL_OTP')
    const shown = (element: Element) => [...element.querySelectorAll('li')].map(each => each.textContent)
    const both = add({ token, methods: 'email sms' })
    await untilTitle(both.element, 'Confirm it’s you')
    expect(shown(both.element).map(text => text!.slice(0, 4))).toEqual(['Emai', 'Text'])
    const one = add({ token, methods: 'EMAIL' })
    await untilTitle(one.element, 'Enter the code')
  })
})

test('its language, theme and texts change without a new start', async () => {
  const { element, types } = add({ token: await track('SMS'), action: 'Send $120' })
  await untilTitle(element, 'Enter the code')
  expect(element.textContent).toContain('Send $120')
  element.theme = 'dark'
  element.action = 'Send $130'
  element.messages = { 'code.title': 'Your code' }
  await untilTitle(element, 'Your code')
  expect(element.getAttribute('theme')).toBe('dark')
  expect(element.querySelector('[data-theme=dark]')?.textContent).toContain('Send $130')
  element.messages = undefined
  element.lang = 'de'
  await untilTitle(element, 'Code eingeben')
  expect(requests.filter(path => path.endsWith('/init'))).toHaveLength(1)
  expect(types()).not.toContain('error')
})

describe('defineChallenge()', () => {
  test('makes an element with the named methods alone', async () => {
    defineChallenge({ tag: 'acme-email', methods: { email: emailMethod } })
    const { element } = add({ token: await track('SMS', 'EMAIL_OTP') }, 'acme-email')
    await untilTitle(element, 'Enter the code')
    await vi.waitFor(() => expect(emulator.messages.list({ to: EMAIL })).toHaveLength(1))
    expect(emulator.messages.list({ to: PHONE })).toHaveLength(0)
  })

  test('refuses a tag without a hyphen, no methods, and the channels of the SDK', () => {
    expect(() => defineChallenge({ tag: 'challenge' })).toThrow('"tag" must have a hyphen')
    expect(() => defineChallenge({ methods: {} })).toThrow('"methods" must be methods')
    expect(() => defineChallenge({ methods: { sms: sms as never } })).toThrow('"methods" must be methods')
    expect(() => defineChallenge({ methods: { sms: smsMethod } })).not.toThrow()
  })
})
