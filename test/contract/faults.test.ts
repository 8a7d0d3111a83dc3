import { readFileSync } from 'node:fs'
import * as sdk from 'authsignal-channels'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CALLS, type Call, callsFor, nameOf, POLLS } from '../faults/calls.js'
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

describe.each(FAULTS.filter(fault => !fault.onlyInBrowsers))('$name', fault => {
  const { name, expected } = fault
  // Short only where it is what ends the call.
  const timeout = expected.errorCode === 'timeout' ? 200 : 30_000

  async function expectValues(calls: readonly Call[]) {
    const { settled, noise } = await settle(sdk, { calls, baseUrls: [server.baseUrl(name)], timeout })
    for (const [index, call] of calls.entries()) {
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
  }

  test(`is a value with the code ${expected.errorCode}, whatever the call, and no call is repeated`, async () => {
    const before = server.requests(name)
    await expectValues(CALLS)
    expect(server.requests(name) - before).toBeLessThanOrEqual(CALLS.length)
  })

  test.runIf(callsFor(fault).includes(POLLS[0]!))(
    'ends polls with the same value where there is no time for another',
    () => expectValues(POLLS),
  )
})

test('docs/compatibility.md states how many of these there are in a browser, where going offline joins them', () => {
  const combinations = FAULTS.flatMap(callsFor).length + CALLS.length
  const page = readFileSync('docs/compatibility.md', 'utf8').replace(/\s+/g, ' ')
  expect(page.match(/\d+ combinations of \d+ calls and \d+ network and server faults/)?.[0]).toBe(
    `${combinations} combinations of ${CALLS.length + POLLS.length} calls and ${FAULTS.length + 1} network and server faults`,
  )
})
