/**
 * The emulator under load: how many challenges 16 clients start per second over HTTP, and how much memory it holds
 * after 100,000 of them.
 *
 * @module
 */
import { readFileSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { rounds } from './interleave.js'
import { firstLine, run, stop } from './processes.js'
import type { Result } from './result.js'
import { median } from './statistics.js'

const CLIENTS = 16
const CHALLENGES = 100_000
/** Each part is timed on its own. */
const PART = 5000

const AUTHORIZATION = `Basic ${btoa('demo-secret:')}`

export async function measureLoad(command: readonly string[]): Promise<Result[]> {
  const emulator = run(...command)
  const agent = new Agent({ keepAlive: true, maxSockets: CLIENTS })
  try {
    const { url } = JSON.parse(await firstLine(emulator))
    const rates: number[] = []
    for (let part = 0; part < rounds(CHALLENGES / PART); part++) {
      const start = performance.now()
      await startChallenges(`${url}/v1/challenge`, agent, part * PART)
      rates.push((PART * 1000) / (performance.now() - start))
    }
    const perSecond = Math.round(median(rates))
    const megabytes = Math.round(residentBytes(emulator.pid!) / 1_000_000)
    return [
      {
        name: `Emulator: \`POST /challenge\` over HTTP, ${CLIENTS} clients`,
        ours: `${perSecond} per second`,
        goal: { text: 'at least 5000', isMet: perSecond >= 5000 },
      },
      {
        name: '... memory after 100,000 of them',
        ours: `${megabytes} MB`,
        goal: { text: 'at most 120 MB', isMet: megabytes <= 120 },
      },
    ]
  } finally {
    agent.destroy()
    await stop(emulator)
  }
}

/** Each challenge has a number of its own, because sends are limited per number. */
async function startChallenges(url: string, agent: Agent, first: number): Promise<void> {
  let next = first
  const client = async () => {
    while (next < first + PART) {
      const phoneNumber = `+6421${String(next++).padStart(7, '0')}`
      const status = await post(url, agent, { verificationMethod: 'SMS', action: 'signIn', phoneNumber })
      if (status !== 200) throw new Error(`POST /challenge failed with status ${status}`)
    }
  }
  await Promise.all(Array.from({ length: CLIENTS }, client))
}

/** By `node:http`, because `fetch` would take more time than the emulator. */
function post(url: string, agent: Agent, body: object): Promise<number> {
  const text = JSON.stringify(body)
  return new Promise((resolve, reject) => {
    const headers = {
      authorization: AUTHORIZATION,
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(text),
    }
    const sent = request(url, { agent, method: 'POST', headers }, response => {
      response.resume().once('end', () => resolve(response.statusCode!))
    })
    sent.once('error', reject)
    sent.end(text)
  })
}

/** On Linux, as the kernel counts it. */
function residentBytes(pid: number): number {
  const [, kilobytes] = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
  return Number(kilobytes) * 1024
}
