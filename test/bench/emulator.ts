/**
 * How fast the emulator starts, restores a snapshot and adds a tenant, and how many challenges per second it serves, in
 * process and over HTTP.
 *
 * @module
 */
import { request } from 'node:http'
import { createEmulator } from 'authsignal-channels/emulator'
import { measureLoad } from './emulator-load.js'
import { interleave, rounds } from './interleave.js'
import { firstLine, run, stop } from './processes.js'
import { compare, milliseconds, type Result } from './result.js'
import { median } from './statistics.js'

type Fetch = (request: Request) => Promise<Response>

const COMMAND = ['dist/emulator/authsignal-channels.js', 'emulator', '--port', '0', '--json']

/** Loads and creates an emulator, and prints the time until its first response. */
const IN_PROCESS = `
  const { createEmulator } = await import('authsignal-channels/emulator')
  await createEmulator().fetch(new Request('http://localhost:4010/emulator/health'))
  console.log(performance.now() - start)`

export async function measureEmulator(): Promise<Result[]> {
  const startUps = await interleave(rounds(15), {
    node: () => untilFirstLine('-e', 'console.log()'),
    command: () => untilFirstLine(...COMMAND),
    response: untilFirstResponse,
  })
  const imports = await interleave(rounds(15), { library: importInProcess })
  return [
    compare(
      'Emulator: from the command to its ready line',
      startUps.command,
      {
        name: '`node` alone',
        times: startUps.node,
      },
      1.5,
    ),
    // Some of the code is loaded between the two, or with the first request.
    { name: '... to its first response', ours: milliseconds(startUps.response) },
    { name: 'Emulator: from its import to its first response', ours: milliseconds(imports.library) },
    ...(await measureFlows()),
    await measureRestore(),
    await measureTenants(),
    ...(await measureLoad(COMMAND)),
  ]
}

async function untilFirstLine(...args: string[]): Promise<number> {
  const start = performance.now()
  const process = run(...args)
  await firstLine(process)
  const took = performance.now() - start
  await stop(process)
  return took
}

async function untilFirstResponse(): Promise<number> {
  const start = performance.now()
  const process = run(...COMMAND)
  const { url } = JSON.parse(await firstLine(process))
  await post(`${url}/emulator/reset`)
  const took = performance.now() - start
  await stop(process)
  return took
}

/** By `node:http`, because `fetch` takes longer to load than the emulator. */
function post(url: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method: 'POST' }, response => {
      if (response.statusCode === 200) response.resume().once('end', resolve)
      else reject(new Error(`POST ${url} failed with status ${response.statusCode}`))
    })
    sent.once('error', reject)
    sent.end()
  })
}

async function importInProcess(): Promise<number> {
  const process = run('--input-type=module', '-e', `const start = performance.now()\n${IN_PROCESS}`)
  const took = Number(await firstLine(process))
  await stop(process)
  return took
}

const FLOWS = 100

async function measureFlows(): Promise<Result[]> {
  const emulator = createEmulator()
  const process = run(...COMMAND)
  const { url } = JSON.parse(await firstLine(process))
  try {
    const inProcess = service('http://localhost:4010', request => emulator.fetch(request))
    const overHttp = service(url, fetch)
    const times = await interleave(rounds(10), {
      inProcess: () => perFlow(inProcess),
      overHttp: () => perFlow(overHttp),
    })
    const perSecond = (times: readonly number[]) => `${Math.round(1000 / median(times))} per second`
    return [
      { name: 'Emulator: challenges from track to validate, in process', ours: perSecond(times.inProcess) },
      { name: '... over HTTP', ours: perSecond(times.overHttp) },
    ]
  } finally {
    await stop(process)
  }
}

/** Each user has an authenticator; every tenth has completed a challenge. */
async function measureRestore(): Promise<Result> {
  const emulator = createEmulator()
  const { enrol, challenge } = service('http://localhost:4010', request => emulator.fetch(request))
  for (let number = 0; number < 1000; number++) {
    const phoneNumber = `+6422${String(number).padStart(7, '0')}`
    await enrol({ userId: `user-${number}`, phoneNumber })
    if (number % 10 === 0) await challenge({ userId: `user-${number}`, phoneNumber })
  }
  const snapshot = await emulator.snapshot()
  const times: number[] = []
  for (let round = 0; round < rounds(50); round++) {
    const start = performance.now()
    await emulator.restore(snapshot)
    times.push(performance.now() - start)
  }
  return {
    name: 'Emulator: restore() of 1,000 users',
    ours: milliseconds(times),
    goal: { text: 'at most 5 ms', isMet: median(times) <= 5 },
  }
}

/** Over HTTP, one after the other, as each test of a suite adds one. */
async function measureTenants(): Promise<Result> {
  const process = run(...COMMAND)
  const { url } = JSON.parse(await firstLine(process))
  try {
    const times: number[] = []
    for (let round = 0; round < rounds(200); round++) {
      const start = performance.now()
      await post(`${url}/emulator/tenants`)
      times.push(performance.now() - start)
    }
    return {
      name: 'Emulator: `POST /emulator/tenants`',
      ours: milliseconds(times),
      goal: { text: 'at most 5 ms', isMet: median(times) <= 5 },
    }
  } finally {
    await stop(process)
  }
}

let users = 0

async function perFlow({ enrol, challenge }: ReturnType<typeof service>): Promise<number> {
  // Each has a user of its own, because sends are limited per user.
  const newUsers = Array.from({ length: rounds(FLOWS) }, () => {
    const number = ++users
    return { userId: `user-${number}`, phoneNumber: `+6421${String(number).padStart(7, '0')}` }
  })
  for (const user of newUsers) await enrol(user)
  const start = performance.now()
  for (const user of newUsers) await challenge(user)
  return (performance.now() - start) / newUsers.length
}

interface User {
  readonly userId: string
  readonly phoneNumber: string
}

/** The requests of a backend and of a page, without the SDKs, so that only the emulator is measured. */
function service(url: string, fetch: Fetch) {
  const backend = `Basic ${btoa('demo-secret:')}`

  async function send(method: string, path: string, authorization: string, body?: object) {
    const response = await fetch(
      new Request(url + path, {
        method,
        headers: { authorization, 'content-type': 'application/json' },
        ...(body && { body: JSON.stringify(body) }),
      }),
    )
    const result = await response.json()
    if (!response.ok) throw new Error(`${method} ${path} failed: ${JSON.stringify(result)}`)
    return result
  }

  return {
    enrol: ({ userId, phoneNumber }: User) =>
      send('POST', `/v1/users/${userId}/authenticators`, backend, { verificationMethod: 'SMS', phoneNumber }),

    async challenge({ userId, phoneNumber }: User) {
      const { token } = await send('POST', `/v1/users/${userId}/actions/pay`, backend, {})
      const { challengeId } = await send('POST', '/v1/client/challenge/sms', `Bearer ${token}`)
      const { messages } = await send('GET', `/emulator/messages?challengeId=${challengeId}`, backend)
      const { accessToken } = await send('POST', '/v1/client/verify/sms', `Bearer ${token}`, {
        verificationCode: messages[0].code,
      })
      const { isValid } = await send('POST', '/v1/validate', backend, { token: accessToken, userId })
      if (!isValid) throw new Error(`The challenge of ${phoneNumber} did not succeed`)
    },
  }
}
