import * as sdk from 'authsignal-channels'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CALLS, nameOf } from '../faults/calls.js'
import { FAULTS } from '../faults/faults.js'
import { type FaultServer, serveFaults } from '../faults/server.js'
import { settle } from '../faults/settle.js'

let server: FaultServer
const rejections: unknown[] = []
const onRejection = (reason: unknown) => rejections.push(reason)

beforeAll(async () => {
  server = await serveFaults()
  process.on('unhandledRejection', onRejection)
})
afterAll(async () => {
  process.off('unhandledRejection', onRejection)
  await server.close()
})

describe.each(FAULTS.filter(fault => !fault.onlyInBrowsers))('$name', ({ name, expected }) => {
  test(`is a value with the code ${expected.errorCode}, whatever the call`, async () => {
    // Short only where it is what ends the call.
    const timeout = expected.errorCode === 'timeout' ? 200 : 30_000
    const { settled, noise } = await settle(sdk, { calls: CALLS, baseUrls: [server.baseUrl(name)], timeout })
    for (const [index, call] of CALLS.entries()) {
      expect(settled[0]![index], nameOf(call)).toEqual({
        response: {
          ...expected,
          error: expect.any(String),
          errorDescription: expect.stringMatching(/^[A-Z].*\.$/),
        },
      })
    }
    expect(noise).toEqual([])
    expect(rejections).toEqual([])
    // No call is repeated behind the app's back.
    expect(server.requests(name)).toBeLessThanOrEqual(CALLS.length)
  })
})
