/** The kit for Vitest, many times: each test has a service of its own, and all use the same user and number. */
import { Authsignal as Backend } from '@authsignal/node'
import { Authsignal } from 'authsignal-channels'
import { expect, test } from 'authsignal-channels/testing/vitest'

const RUNS = Number(process.env.RUNS ?? 1)

for (let run = 1; run <= RUNS; run++)
  test.concurrent(`a code verifies, and is too old eleven minutes later (${run})`, async ({ authsignal }) => {
    const jane = await authsignal.user('jane', { sms: '+64210000001' })
    const backend = new Backend(authsignal.settings)
    const { token } = await backend.track({ userId: 'jane', action: 'pay' })
    const client = new Authsignal(authsignal.settings)
    client.setToken(token!)
    await client.sms.challenge()
    await authsignal.fail('verify', 'network')
    const code = await jane.sms.code()
    expect(await client.sms.verify({ code })).toMatchObject({ errorCode: 'network_error' })
    expect(await client.sms.verify({ code })).toMatchObject({ isVerified: true })
    await authsignal.advance('11 minutes')
    expect(await client.sms.challenge()).toMatchObject({ errorCode: 'expired_token' })
  })
