// @vitest-environment node
import { createEmulator, listen } from 'authsignal-channels/emulator'
import { expect, test } from 'vitest'
import { main } from '../../../src/emulator/node/cli.js'
import { version } from '../../../src/emulator/options.js'

/** Runs the command; `ready` resolves with the first thing it prints or complains. */
function run(...argv: string[]) {
  const stopping = new AbortController()
  const printed: string[] = []
  const complained: string[] = []
  let onText = () => {}
  const ready = new Promise<void>(resolve => {
    onText = resolve
  })
  const keep = (texts: string[]) => (text: string) => {
    texts.push(text)
    onText()
  }
  const io = { print: keep(printed), complain: keep(complained), signal: stopping.signal }
  return { exitCode: main(argv, io), ready, printed, complained, stop: () => stopping.abort() }
}

test('prints one line when it is ready, serves, and stops cleanly', async () => {
  const command = run('--port', '0')
  await command.ready
  expect(command.printed).toHaveLength(1)
  expect(command.printed[0]).toMatch(
    /^[^\n]*http:\/\/localhost:\d+\/v1[^\n]*demo-tenant[^\n]*demo-secret[^\n]*\n$/,
  )
  const [url] = /http:\/\/localhost:\d+/.exec(command.printed[0]!)!
  expect((await fetch(`${url}/emulator/health`)).status).toBe(200)
  command.stop()
  expect(await command.exitCode).toBe(0)
  await expect(fetch(`${url}/emulator/health`)).rejects.toThrow()
  expect(command.complained).toEqual([])
})

test('--json prints what programs need, from the flags', async () => {
  const command = run('--port=0', '--json', '--tenant-id=t', '--secret-key=s', '--project-id=p')
  await command.ready
  const { url, ...rest } = JSON.parse(command.printed.join(''))
  expect(url).toMatch(/^http:\/\/localhost:\d+$/)
  expect(rest).toEqual({ baseUrl: `${url}/v1`, tenantId: 't', apiSecretKey: 's', projectId: 'p' })
  command.stop()
  expect(await command.exitCode).toBe(0)
})

test('--notp-token-delivery decides how nOTP hands over tokens', async () => {
  const command = run('--port=0', '--json', '--notp-token-delivery=cookies')
  await command.ready
  const { url, projectId } = JSON.parse(command.printed.join(''))
  const post = async (path: string, body: object) => {
    const headers = { Authorization: `Bearer ${projectId}` }
    return fetch(url + path, { method: 'POST', headers, body: JSON.stringify(body) })
  }
  const { pendingRef } = (await (await post('/v1/auth/notp/whatsapp/signup-in', {})).json()) as Started
  await post('/emulator/notp/approve', { pendingRef, phone: '+64211234567' })
  const { headers } = await post('/v1/auth/notp/pending-session', { pendingRef })
  expect(headers.getSetCookie()).toHaveLength(2)
  command.stop()
  expect(await command.exitCode).toBe(0)
})

interface Started {
  readonly pendingRef: string
}

test.each([
  [['--port', 'x'], /"port"/],
  [['--port', '70000'], /"port"/],
  [['--host', '0.0.0.0', '--port', '0'], /"host" must be a loopback address/],
  [['--tenant-id', '', '--port', '0'], /"tenantId"/],
  [['--notp-token-delivery', 'header', '--port', '0'], /"notpTokenDelivery"/],
  [['--nonsense'], /--nonsense/],
  [['stray'], /stray/],
])('%j is one sentence and exit code 1', async (argv, sentence) => {
  const command = run(...argv)
  expect(await command.exitCode).toBe(1)
  expect(command.printed).toEqual([])
  expect(command.complained).toHaveLength(1)
  expect(command.complained[0]).toMatch(sentence)
  expect(command.complained[0]).toMatch(/^authsignal-emulator: [^\n]+\n$/)
})

test('a port that is taken is one sentence and exit code 1', async () => {
  const { port, close } = await listen(createEmulator(), { port: 0 })
  const command = run('--port', String(port))
  expect(await command.exitCode).toBe(1)
  expect(command.complained.join('')).toMatch(/^authsignal-emulator: Port \d+ is in use; [^\n]+\n$/)
  await close()
})

test('--help and --version print and leave', async () => {
  const help = run('--help')
  expect(await help.exitCode).toBe(0)
  for (const flag of [
    'port',
    'host',
    'unsafe-host',
    'tenant-id',
    'secret-key',
    'project-id',
    'notp-token-delivery',
    'json',
  ])
    expect(help.printed.join('')).toContain(`--${flag}`)
  const shown = run('--version')
  expect(await shown.exitCode).toBe(0)
  expect(shown.printed).toEqual([`${version}\n`])
})
