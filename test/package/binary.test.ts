/** The executable of the emulator, started as on a machine without Node: no PATH, no files beside it. */
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { copyFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { Authsignal as Backend } from '@authsignal/node'
import { Authsignal } from 'authsignal-channels'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { manifest } from './packed.js'

const PHONE = '+64210000001'

let folder: string
let executable: string

beforeAll(async () => {
  const { stdout } = await promisify(execFile)(process.execPath, ['src/emulator/node/binary/build.mjs'])
  folder = await mkdtemp(join(tmpdir(), 'authsignal-binary-'))
  executable = join(folder, 'authsignal-emulator')
  await copyFile(stdout.trim().split('\n').at(-1)!, executable)
}, 300_000)
afterAll(() => rm(folder, { recursive: true, force: true }))

test('it prints its version, and no warning', async () => {
  const { stdout, stderr } = await promisify(execFile)(executable, ['--version'], { cwd: folder, env: {} })
  expect({ stdout, stderr }).toEqual({ stdout: `${manifest.version}\n`, stderr: '' })
})

test('it serves the APIs and the hosted page', async () => {
  const process = spawn(executable, ['--port', '0', '--json'], { cwd: folder, env: {} })
  try {
    const [line] = await once(process.stdout.setEncoding('utf8'), 'data')
    const { url, baseUrl, tenantId, apiSecretKey } = JSON.parse(line)

    const backend = new Backend({ apiSecretKey, apiUrl: baseUrl })
    const { token } = await backend.track({
      userId: 'jane',
      action: 'pay',
      attributes: { phoneNumber: PHONE },
    })
    const authsignal = new Authsignal({ tenantId, baseUrl })
    authsignal.setToken(token)
    await authsignal.sms.challenge()
    const { messages } = await (
      await fetch(`${url}/emulator/messages?to=${encodeURIComponent(PHONE)}`)
    ).json()
    expect(await authsignal.sms.verify({ code: messages[0].code })).toMatchObject({ isVerified: true })

    const page = await (await fetch(`${url}/challenge`)).text()
    const files = [...page.matchAll(/(?:src|href)="(\/?hosted-ui[^"]+)"/g)].map(([, path]) => path!)
    expect(files.length).toBeGreaterThan(1)
    for (const path of files) expect(await fetch(new URL(path, url)), path).toHaveProperty('status', 200)
  } finally {
    process.kill()
    await once(process, 'exit')
  }
})
