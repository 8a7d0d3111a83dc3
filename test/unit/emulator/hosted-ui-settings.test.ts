// @vitest-environment node
import { createEmulator } from 'authsignal-channels/emulator'
import { expect, test } from 'vitest'
import { createHarness, harnessOf } from './harness.js'

const SETTINGS = {
  brand: { name: 'Acme', logo: 'data:image/png;base64,AAAA' },
  accent: '#e11d48',
  theme: 'dark',
  lang: 'es',
  methods: ['passkey', 'sms'],
  actions: { pay: 'Send payment to Acme, $120' },
} as const

const { actions: _, ...PUBLIC } = SETTINGS

const read = ({ call }: ReturnType<typeof createHarness>, token?: string) =>
  call('/hosted-ui/settings', token === undefined ? {} : { headers: { Authorization: `Bearer ${token}` } })

test('the hosted page reads its settings, without the texts of actions', async () => {
  expect(await read(createHarness({ hostedUi: SETTINGS }))).toMatchObject({ status: 200, body: PUBLIC })
  expect((await read(createHarness())).body).toEqual({})
})

test('with a token it reads the text of the action, if there is one', async () => {
  const harness = createHarness({ hostedUi: SETTINGS })
  const tokenOf = async (action: string) =>
    (await harness.server(`/users/jane/actions/${action}`, { body: {} })).body.token as string
  expect((await read(harness, await tokenOf('pay'))).body).toEqual({
    ...PUBLIC,
    action: 'Send payment to Acme, $120',
  })
  expect((await read(harness, await tokenOf('toString'))).body).toEqual(PUBLIC)
  const expired = await tokenOf('pay')
  harness.emulator.clock.advance(601)
  expect((await read(harness, expired)).body).toEqual(PUBLIC)
  expect((await read(harness, 'x.y.z')).body).toEqual(PUBLIC)
})

test('a seed can have the settings, and options go first', async () => {
  const seed = { hostedUi: { accent: '#000000', theme: 'light' } } as const
  expect((await read(harnessOf(createEmulator({ seed })))).body).toEqual(seed.hostedUi)
  expect((await read(harnessOf(createEmulator({ seed, hostedUi: { lang: 'de' } })))).body).toEqual({
    lang: 'de',
  })
})

test('what is wrong with the settings is named', () => {
  expect(() => createEmulator({ hostedUi: { accent: 'red' } })).toThrow(
    '"hostedUi" is not valid: accent must be a colour like #3b4fd8',
  )
  expect(() => createEmulator({ seed: { hostedUi: { lang: 'en_US' } } })).toThrow(
    '"seed" is not valid: hostedUi.lang must be a language like es or pt-BR',
  )
})
