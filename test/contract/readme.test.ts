import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { Authsignal as Backend, VerificationMethod } from '@authsignal/node'
import { createEmulator, listen } from 'authsignal-channels/emulator'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { codeBlocks, example, exampleNames, runExample, writeExample } from '../readme/examples.js'

const PHONE = '+64210000001'
const emulator = createEmulator()
let server: Awaited<ReturnType<typeof listen>>

beforeAll(async () => {
  server = await listen(emulator, { port: 0 })
})
afterAll(() => server.close())

test('every block of code in the README is an example that the tests know', () => {
  expect(exampleNames.sort()).toEqual(['app', 'backend', 'channel', 'emulator', 'vendor'])
  expect(codeBlocks).toBe(exampleNames.length + 1) // and the page, which browser/readme.test.ts runs
})

test('the examples compile under the strictest settings, against the built declarations', () => {
  const files = exampleNames.map(writeExample)
  const config = 'test/readme/.cache/tsconfig.json'
  const compilerOptions = {
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    noEmit: true,
    target: 'ES2022',
    module: 'NodeNext',
    lib: ['ES2022', 'DOM'],
    types: [],
  }
  writeFileSync(config, JSON.stringify({ compilerOptions, files: files.map(file => `../../../${file}`) }))
  execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', config], {
    stdio: 'pipe',
    encoding: 'utf8',
  })
})

test('the backend and the app of the README step a user up', async () => {
  const backend = await runExample<{
    startStepUp(userId: string, phoneNumber: string): Promise<{ token: string; url: string }>
    hasSteppedUp(userId: string, token: string): Promise<boolean>
  }>('backend', server.url)
  const app = await runExample<{
    sendCode(token: string): Promise<string>
    checkCode(code: string): Promise<{ token?: string; message?: string }>
  }>('app', server.url)

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

test('the channel of the README is short, and asks the API with the token of its client', async () => {
  interface Answer {
    readonly errorCode?: string
    readonly data?: { readonly phoneNumber?: string }[]
  }
  const { client } = await runExample<{
    client: { setToken(token: string): void; authenticators: { list(): Promise<Answer> } }
  }>('channel', server.url)
  const backend = new Backend({ apiSecretKey: 'demo-secret', apiUrl: `${server.url}/v1` })
  const attributes = { verificationMethod: VerificationMethod.SMS, phoneNumber: PHONE }
  await backend.enrollVerifiedAuthenticator({ userId: 'ann', attributes })

  expect(await client.authenticators.list()).toMatchObject({ errorCode: 'token_not_set' })
  client.setToken((await backend.track({ userId: 'ann', action: 'send-payment' })).token)
  expect((await client.authenticators.list()).data).toMatchObject([{ phoneNumber: '+64*****001' }])

  const channel = example('channel').match(/export interface[\s\S]*?\n}\n\nexport function[\s\S]*?\n}/)?.[0]
  expect(channel?.split('\n').length).toBeLessThan(15)
})

test('the channel of another vendor signs a user in, and its refusals end the wait', async () => {
  interface Answer {
    readonly errorCode?: string
    readonly pendingRef?: string
    readonly sessionJwt?: string
  }
  const { client } = await runExample<{
    client: { whatsappLogin: { start(): Promise<Answer>; wait(ref: string): Promise<Answer> } }
  }>('vendor', server.url)
  const { pendingRef = '' } = await client.whatsappLogin.start()
  const waiting = client.whatsappLogin.wait(pendingRef)
  await fetch(`${server.url}/emulator/notp/approve`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ pendingRef, phone: PHONE }),
  })
  expect((await waiting).sessionJwt).toMatch(/^ey/)
  expect((await client.whatsappLogin.wait('unknown')).errorCode).toMatch(/^E\d+$/)
})

test('the test of the README steps a user up without a server for the browser', async () => {
  const { stepUp } = await runExample<{ stepUp(): Promise<{ token: string; late?: string }> }>(
    'emulator',
    server.url,
  )
  expect(await stepUp()).toEqual({ token: expect.stringMatching(/^ey/), late: 'expired_token' })
})
