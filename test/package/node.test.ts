/** The package in Node: imported, required, and as a command. */
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { APP, manifest, PACKAGE } from './packed.js'

/** Runs a program in the app to its end, and returns what it printed, as JSON. */
async function run(program: string, type: 'module' | 'commonjs' = 'module') {
  const args = [`--input-type=${type}`, '--eval', program]
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: APP, timeout: 60_000 })
  return JSON.parse(stdout)
}

test('a module of Node steps a user up in its own process, and ends', async () => {
  const verified = await run(`
    import { Authsignal, createClient, sms } from 'authsignal-channels'
    import { createEmulator } from 'authsignal-channels/emulator'
    const { fetch, messages, config } = createEmulator()
    const phoneNumber = '+64210000001'
    const tracked = await fetch('/v1/users/jane/actions/pay', {
      method: 'POST',
      headers: { Authorization: 'Basic ' + btoa(config.apiSecretKey + ':') },
      body: JSON.stringify({ phoneNumber }),
    })
    const { token } = await tracked.json()
    const verified = []
    for (const client of [
      new Authsignal({ ...config, fetch }),
      createClient({ ...config, fetch, channels: { sms } })
    ]) {
      client.setToken(token)
      await client.sms.challenge()
      verified.push(await client.sms.verify({ code: await messages.nextCode({ to: phoneNumber }) }))
    }
    console.log(JSON.stringify(verified))`)
  expect(verified).toMatchObject([{ isVerified: true }, { isVerified: true }])
})

test('a script of Node requires each entry, and the elements do nothing there', async () => {
  const program = `
    const { Authsignal } = require('authsignal-channels')
    require('authsignal-channels/elements').defineChallenge()
    const { createEmulator } = require('authsignal-channels/emulator')
    const { tenantId } = createEmulator().config
    console.log(JSON.stringify([new Authsignal({ tenantId }).anonymousId, tenantId]))`
  expect(await run(program, 'commonjs')).toEqual([expect.stringMatching(/^[\da-f-]{36}$/), 'demo-tenant'])
})

test('what is not an entry of the package cannot be imported', async () => {
  const program = `
    const codes = ['dist/index.js', 'dist/client/client.js', 'dist/authsignal.umd.js', 'dist/emulator/node.js', 'src/client/index.ts'].map(file =>
      import('authsignal-channels/' + file).then(() => 'imported', ({ code }) => code))
    console.log(JSON.stringify(await Promise.all(codes)))`
  expect(new Set(await run(program))).toEqual(new Set(['ERR_PACKAGE_PATH_NOT_EXPORTED']))
})

test.each([['authsignal-channels', 'emulator'], ['authsignal-emulator']])(
  'the command %s %s starts an emulator with its hosted pages',
  async (name, ...args) => {
    const file = join(PACKAGE, manifest.bin[name])
    const command = spawn(process.execPath, [file, ...args, '--port', '0', '--json'], { cwd: APP })
    try {
      const [line] = await once(command.stdout.setEncoding('utf8'), 'data')
      const { url } = JSON.parse(line)
      expect(await (await fetch(`${url}/emulator/health`)).json()).toMatchObject({
        version: manifest.version,
      })
      const page = await (await fetch(`${url}/challenge`)).text()
      for (const [, path] of page.matchAll(/(?:src|href)="(\/?hosted-ui[^"]+)"/g))
        expect(await fetch(new URL(path!, url)), path).toHaveProperty('status', 200)
      expect(page).toContain('hosted-ui')
    } finally {
      command.kill()
      await once(command, 'exit')
    }
  },
)
