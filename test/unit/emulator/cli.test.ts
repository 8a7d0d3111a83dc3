// @vitest-environment node
import { execFile } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { createEmulator, listen } from 'authsignal-channels/emulator'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { main } from '../../../src/emulator/node/cli.js'
import { emulator } from '../../../src/emulator/node/emulator-command.js'
import { version } from '../../../src/emulator/options.js'
import { WEBHOOK_EVENTS } from '../../../src/emulator/webhooks/types.js'

/** Runs the command; `ready` resolves with the first thing it prints or complains. */
const run = (...argv: string[]) => runCommand(emulator, argv)

function runCommand(command: typeof main, argv: string[], isColoured = false) {
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
  const io = { print: keep(printed), complain: keep(complained), isColoured, signal: stopping.signal }
  return { exitCode: command(argv, io), ready, printed, complained, stop: () => stopping.abort() }
}

test('prints all that a page and a backend need when it is ready, serves, and stops cleanly', async () => {
  const command = run('--port', '0')
  await command.ready
  expect(command.printed).toHaveLength(1)
  const [url] = /http:\/\/localhost:\d+/.exec(command.printed[0]!)!
  const lines = [
    `● The emulator is ready ${version}`,
    `Inspector   ${url}/ `,
    `API         ${url}/v1 `,
    `nOTP        ${url} `,
    'Tenant ID   demo-tenant ',
    'Secret key  demo-secret ',
    'Project ID  P2localdemo00000000000000000 ',
    'Try first   ',
  ]
  for (const line of lines) expect(command.printed[0]).toContain(`\n  ${line}`)
  expect(command.printed[0]).not.toContain('\u001B')
  expect((await fetch(`${url}/emulator/health`)).status).toBe(200)
  command.stop()
  expect(await command.exitCode).toBe(0)
  await expect(fetch(`${url}/emulator/health`)).rejects.toThrow()
  expect(command.complained).toEqual([])
})

test('the command to try first sends a code, with any secret key', async () => {
  const command = run('--port=0', "--secret-key=it's a $HOME key")
  await command.ready
  const [, curl] = /\n {2}(curl .*)\n/.exec(command.printed[0]!)!
  const { stdout } = await promisify(execFile)('sh', ['-c', `${curl} --silent`])
  expect(JSON.parse(stdout)).toMatchObject({ challengeId: expect.any(String) })
  command.stop()
  await command.exitCode
})

test('colours are for terminals only', async () => {
  const command = runCommand(emulator, ['--port=0', '--log'], true)
  await command.ready
  expect(command.printed[0]).toContain('\u001B[1mThe emulator is ready\u001B[22m')
  command.stop()
  await command.exitCode
})

test('--log prints one line per request, with the reason of a refusal and without secrets', async () => {
  const command = run('--port=0', '--json', '--log')
  await command.ready
  const { url } = JSON.parse(command.printed.join(''))
  await fetch(`${url}/emulator/health`)
  await fetch(`${url}/v1/client/challenge/sms?token=abcdef`, {
    method: 'POST',
    headers: { Authorization: 'Bearer abcdef' },
  })
  await fetch(`${url}/v1/users/jane`, { headers: { Authorization: `Basic ${btoa('demo-secret:')}` } })
  const tenant = await fetch(`${url}/emulator/tenants`, { method: 'POST', body: '{"tenantId":"other"}' })
  expect(tenant.status).toBe(200)
  await fetch(`${url}/t/other/v1/client/challenge/sms`, { method: 'POST' })
  expect(command.printed.slice(1)).toEqual([
    expect.stringMatching(
      /^\d\d:\d\d:\d\d POST \/v1\/client\/challenge\/sms\?token=\[hidden\] 401 invalid_token \d+ ms\n$/,
    ),
    expect.stringMatching(/^\d\d:\d\d:\d\d GET \/v1\/users\/jane 200 \d+ ms\n$/),
    expect.stringContaining(' POST /emulator/tenants 200 '),
    expect.stringContaining(' POST /t/other/v1/client/challenge/sms 401 unauthorized '),
  ])
  command.stop()
  expect(await command.exitCode).toBe(0)
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

describe('the flags of the hosted page', () => {
  async function settings(...flags: string[]) {
    const command = run('--port=0', '--json', ...flags)
    await command.ready
    const { url } = JSON.parse(command.printed.join(''))
    const response = await fetch(`${url}/hosted-ui/settings`)
    command.stop()
    expect(await command.exitCode).toBe(0)
    return response.json()
  }

  test('set its brand, colours, language and methods', async () => {
    const flags = ['--brand', 'Acme', '--accent=#e11d48', '--theme', 'dark', '--lang=es']
    expect(await settings(...flags, '--methods=passkey,sms')).toEqual({
      brand: { name: 'Acme' },
      accent: '#e11d48',
      theme: 'dark',
      lang: 'es',
      methods: ['passkey', 'sms'],
    })
    expect(await settings()).toEqual({})
  })

  test('replace those of a seed, one by one', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'hosted-ui-'))
    onTestFinished(() => rm(folder, { recursive: true }))
    const seed = join(folder, 'seed.yaml')
    await writeFile(seed, 'hostedUi: { brand: { name: Acme }, lang: es }')
    expect(await settings('--seed', seed)).toEqual({ brand: { name: 'Acme' }, lang: 'es' })
    expect(await settings('--seed', seed, '--lang=fr')).toEqual({ brand: { name: 'Acme' }, lang: 'fr' })
  })

  test.each([
    ['--brand=', '--brand must be not empty'],
    ['--accent=red', '--accent must be a colour like #3b4fd8'],
    ['--theme=blue', '--theme must be "auto" or "light" or "dark"'],
    ['--lang=spanish!', '--lang must be a language like es or pt-BR'],
    [
      '--methods=sms,pigeon',
      '--methods must be names with commas: sms, whatsapp, email, emailML, totp, passkey, securityKey, push, qrCode',
    ],
  ])('%s is refused', async (flag, problem) => {
    const command = run('--port=0', flag)
    expect(await command.exitCode).toBe(1)
    expect(command.complained).toEqual([
      `authsignal-channels emulator: ${problem}. All options: authsignal-channels emulator --help\n`,
    ])
  })
})

test('--webhook sends events, those of --webhook-events or the usual ones', async () => {
  const types: string[] = []
  const receiver = await listen(
    {
      async fetch(request) {
        types.push(((await request.json()) as { type: string }).type)
        return new Response()
      },
    },
    { port: 0 },
  )
  onTestFinished(receiver.close)
  const send = async (...flags: string[]) => {
    types.length = 0
    const command = run('--port=0', '--json', '--webhook', receiver.url, ...flags)
    await command.ready
    const { baseUrl } = JSON.parse(command.printed.join(''))
    const headers = { Authorization: `Basic ${btoa('demo-secret:')}` }
    const post = (path: string, body: object) =>
      fetch(baseUrl + path, { method: 'POST', headers, body: JSON.stringify(body) })
    await post('/challenge', { verificationMethod: 'SMS', action: 'signIn', phoneNumber: '+64211234567' })
    await post('/users/jane/actions/pay', {})
    if (!flags.includes('sms.created')) await expect.poll(() => types).toContain('action.created')
    command.stop()
    expect(await command.exitCode).toBe(0)
    return types
  }
  expect(await send()).toEqual(['action.created'])
  expect(await send('--webhook-events', 'sms.created')).toEqual(['sms.created'])
  expect(await send('--webhook-events=all')).toEqual(['sms.created', 'action.created'])
})

test('--sms sends real messages, with settings from the environment', async () => {
  const sent: Record<string, string>[] = []
  const receiver = await listen(
    {
      async fetch(request) {
        sent.push(Object.fromEntries(new URLSearchParams(await request.text())))
        return Response.json({ sid: 'SM1' }, { status: 201 })
      },
    },
    { port: 0 },
  )
  onTestFinished(receiver.close)
  vi.stubEnv('TWILIO_ACCOUNT_SID', 'AC1')
  vi.stubEnv('TWILIO_AUTH_TOKEN', 'very-secret')
  vi.stubEnv('TWILIO_FROM', '+15005550006')
  vi.stubEnv('TWILIO_BASE_URL', receiver.url)
  onTestFinished(() => {
    vi.unstubAllEnvs()
  })
  const command = run('--port=0', '--json', '--log', '--sms', 'twilio')
  await command.ready
  const { url } = JSON.parse(command.printed.join(''))
  const headers = { Authorization: `Basic ${btoa('demo-secret:')}` }
  const body = JSON.stringify({ verificationMethod: 'SMS', action: 'signIn', phoneNumber: '+64211234567' })
  expect((await fetch(`${url}/v1/challenge`, { method: 'POST', headers, body })).status).toBe(200)
  const { messages } = (await (await fetch(`${url}/emulator/messages`)).json()) as {
    messages: { body: string; code: string }[]
  }
  expect(sent).toEqual([{ To: '+64211234567', From: '+15005550006', Body: messages[0]!.body }])
  command.stop()
  expect(await command.exitCode).toBe(0)
  expect(command.printed.join('')).not.toMatch(new RegExp(`very-secret|${messages[0]!.code}|64211234567`))
})

test('--sms webhook and --email webhook let a webhook deliver the messages', async () => {
  const types: string[] = []
  const receiver = await listen(
    {
      async fetch(request) {
        types.push(((await request.json()) as { type: string }).type)
        return new Response()
      },
    },
    { port: 0 },
  )
  onTestFinished(receiver.close)
  vi.stubEnv('SMS_WEBHOOK_URL', receiver.url)
  vi.stubEnv('EMAIL_WEBHOOK_URL', receiver.url)
  onTestFinished(() => {
    vi.unstubAllEnvs()
  })
  const command = run('--port=0', '--json', '--sms', 'webhook', '--email', 'webhook')
  await command.ready
  const { baseUrl } = JSON.parse(command.printed.join(''))
  const headers = { Authorization: `Basic ${btoa('demo-secret:')}` }
  for (const contact of [
    { verificationMethod: 'SMS', phoneNumber: '+64211234567' },
    { verificationMethod: 'WHATSAPP', phoneNumber: '+64211234567' },
    { verificationMethod: 'EMAIL_OTP', email: 'jane@example.com' },
  ]) {
    const body = JSON.stringify({ action: 'signIn', ...contact })
    expect((await fetch(`${baseUrl}/challenge`, { method: 'POST', headers, body })).status).toBe(200)
  }
  expect(types).toEqual(['sms.created', 'email.created'])
  command.stop()
  expect(await command.exitCode).toBe(0)
})

const newFolder = async () => {
  const folder = await mkdtemp(join(tmpdir(), 'emulator-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  return folder
}

test('--random gives the same IDs, secrets and keys at each run', async () => {
  const read = async () => {
    const command = run('--port=0', '--json', '--random=7')
    await command.ready
    const { url, baseUrl, projectId } = JSON.parse(command.printed.join(''))
    const headers = { Authorization: `Basic ${btoa('demo-secret:')}` }
    const body = JSON.stringify({ verificationMethod: 'SMS', phoneNumber: '+64211234567' })
    const enrol = await fetch(`${baseUrl}/users/jane/authenticators`, { method: 'POST', headers, body })
    const { authenticator, recoveryCodes } = (await enrol.json()) as Enrolled
    const keys = await (await fetch(`${url}/v2/keys/${projectId}`)).json()
    command.stop()
    expect(await command.exitCode).toBe(0)
    return [authenticator.userAuthenticatorId, recoveryCodes, keys]
  }
  expect(await read()).toEqual(await read())
})

interface Enrolled {
  readonly authenticator: { readonly userAuthenticatorId: string }
  readonly recoveryCodes: string[]
}

describe('--seed', () => {
  const written = async (text: string, name = 'seed.yaml') => {
    const file = join(await newFolder(), name)
    await writeFile(file, text)
    return file
  }

  test('begins with the state in a file, such as the one in the docs, whose links lead to this emulator', async () => {
    const page = await readFile('docs/emulator.md', 'utf8')
    const [, example = ''] = /```yaml\n(.*?)```/s.exec(page) ?? []
    const link =
      '\n  - verificationMethod: EMAIL_MAGIC_LINK\n    email: kim@example.com\n    action: signIn\n'
    const file = await written(example.replace('\nnotpUsers', `${link}notpUsers`))
    const free = await listen(createEmulator(), { port: 0 })
    await free.close()
    const command = run('--port', String(free.port), '--json', '--seed', file)
    await command.ready
    const { url } = JSON.parse(command.printed.join(''))
    const { messages } = (await (await fetch(`${url}/emulator/messages`)).json()) as Inbox
    expect(messages).toMatchObject([
      { url: expect.stringContaining(`${url}/magic-link/`) },
      { code: '123456' },
    ])
    const headers = { Authorization: `Basic ${btoa('demo-secret:')}` }
    const jane = await (await fetch(`${url}/v1/users/jane`, { headers })).json()
    expect(jane).toMatchObject({ isEnrolled: true, defaultVerificationMethod: 'EMAIL_OTP' })
    command.stop()
    expect(await command.exitCode).toBe(0)
  })

  test('--reserved and the JSON of a seed have the same effect', async () => {
    for (const flags of [['--reserved'], ['--seed', await written('{"reserved": true}', 'seed.json')]]) {
      const command = run('--port=0', '--json', ...flags)
      await command.ready
      const { baseUrl } = JSON.parse(command.printed.join(''))
      const headers = { Authorization: `Basic ${btoa('demo-secret:')}` }
      const body = { verificationMethod: 'SMS', action: 'signIn', phoneNumber: '+12025550104' }
      const init = { method: 'POST', headers, body: JSON.stringify(body) }
      expect((await fetch(`${baseUrl}/challenge`, init)).status).toBe(502)
      command.stop()
      expect(await command.exitCode).toBe(0)
    }
  })

  test.each([
    ['users:\n  - userId: jane\n    email: jane\n', 3, 'users[0].email must be an e-mail address'],
    ['users:\n  - userId: jane\n  - email: a@b.cd\n', 3, 'users[1].userId is missing'],
    ['users:\n  - userId: jane\n\n  - userId: jane\n', 4, 'users[1].userId must be unique'],
    ['\n\nshoes: 42\n', 3, 'shoes is not known'],
    ['{\n  "outcomes": {\n    "pay": "MAYBE"\n  }\n}', 3, 'outcomes.pay must be "ALLOW" or'],
    ['- jane\n', 1, 'The seed must be an object'],
    ['users:\n  - userId: "jane\n', 3, 'Missing closing "quote'],
    ['users: []\nusers: []\n', 2, 'Map keys must be unique'],
    [
      'users:\n  - userId: jane\n    phoneNumber: +64211234567\n',
      3,
      'users[0].phoneNumber must be a phone number in quotes',
    ],
  ])(
    '%j is one line that names the file, the line and the path, and exit code 1',
    async (text, line, problem) => {
      const file = await written(text)
      const command = run('--port=0', '--seed', file)
      expect(await command.exitCode).toBe(1)
      expect(command.printed).toEqual([])
      expect(command.complained).toHaveLength(1)
      const start = `authsignal-channels emulator: --seed ${file}, line ${line}: ${problem}`
      expect(command.complained[0]!.slice(0, start.length)).toBe(start)
      expect(command.complained[0]!.split('\n')).toHaveLength(2)
    },
  )

  test('a file that is not there is one line that names it', async () => {
    const command = run('--port=0', '--seed', '/none/seed.yaml')
    expect(await command.exitCode).toBe(1)
    expect(command.complained.join('')).toContain('--seed /none/seed.yaml: the file cannot be read (ENOENT)')
  })
})

interface Inbox {
  readonly messages: object[]
}

describe('--export and --import', () => {
  test('write the state at the end, for this user only, and go on with it; the first run begins with none', async () => {
    const file = join(await newFolder(), 'state.json')
    for (const users of [1, 2]) {
      const command = run('--port=0', '--json', `--import=${file}`, `--export=${file}`)
      await command.ready
      const { baseUrl } = JSON.parse(command.printed.join(''))
      const headers = { Authorization: `Basic ${btoa('demo-secret:')}` }
      await fetch(`${baseUrl}/users/user-${users}`, { method: 'POST', headers, body: '{}' })
      const list = (await (await fetch(`${baseUrl}/users`, { headers })).json()) as { users: unknown[] }
      expect(list.users).toHaveLength(users)
      command.stop()
      expect(await command.exitCode).toBe(0)
    }
    expect(JSON.parse(await readFile(file, 'utf8')).users).toHaveLength(2)
    expect((await stat(file)).mode & 0o777).toBe(0o600)
    expect(await readdir(dirname(file))).toEqual(['state.json'])
  })

  test.each([
    ['{', 'the file is not valid JSON'],
    ['{"format":1,"version":"0.1.0"}', 'users is missing'],
  ])('the file %j is one line that names it, and exit code 1', async (text, problem) => {
    const file = join(await newFolder(), 'state.json')
    await writeFile(file, text)
    const command = run('--port=0', '--import', file)
    expect(await command.exitCode).toBe(1)
    expect(command.complained).toEqual([`authsignal-channels emulator: --import ${file}: ${problem}\n`])
  })

  test('a file that is not there, and a folder that is not, are found before the emulator starts', async () => {
    const folder = await newFolder()
    for (const [flag, problem] of [
      ['--import', 'the file cannot be read (ENOENT)'],
      ['--export', 'the file cannot be written (ENOENT)'],
    ] as const) {
      const file = join(folder, 'none', 'state.json')
      const command = run('--port=0', flag, file)
      expect(await command.exitCode).toBe(1)
      expect(command.printed).toEqual([])
      expect(command.complained).toEqual([`authsignal-channels emulator: ${flag} ${file}: ${problem}\n`])
    }
  })
})

interface Started {
  readonly pendingRef: string
}

test.each([
  [['--port', 'x'], '--port must be a whole number from 0 to 65535'],
  [['--port', '70000'], '--port must be a whole number from 0 to 65535'],
  [['--port', '-1'], '--port must be a whole number from 0 to 65535'],
  [['--port=-1'], '--port must be a whole number from 0 to 65535'],
  [['--port', '4010.5'], '--port must be a whole number from 0 to 65535'],
  [['--port'], '--port needs a value'],
  [['--port', '--json'], '--port needs a value'],
  [['--tenant-id', '', '--port', '0'], '--tenant-id must be a string that is not empty'],
  [['--secret-key', '', '--port', '0'], '--secret-key must be a string that is not empty'],
  [['--project-id', '', '--port', '0'], '--project-id must be a string that is not empty'],
  [['--notp-token-delivery', 'header', '--port', '0'], '--notp-token-delivery must be body or cookies'],
  [['--random', 'x', '--port', '0'], '--random must be a whole number, 0 or above'],
  [['--random', '-1', '--port', '0'], '--random must be a whole number, 0 or above'],
  [['--webhook', 'nonsense', '--port', '0'], '--webhook must be an http or https address'],
  [['--webhook-events', 'all', '--port', '0'], '--webhook-events goes with --webhook'],
  [
    ['--webhook', 'http://localhost:1', '--webhook-events', 'sms', '--port', '0'],
    `--webhook-events must be "all", or names with commas: ${WEBHOOK_EVENTS.join(', ')}`,
  ],
  [
    ['--sms', 'pigeon', '--port', '0'],
    '--sms must be one of bird, twilio, messagemedia, tnz, modica, webhook',
  ],
  [['--whatsapp', 'webhook', '--port', '0'], '--whatsapp must be one of twilio, bird, meta'],
  [['--email', 'smtp', '--port', '0'], '--email smtp: SMTP_HOST, SMTP_FROM must be set in the environment'],
  [['--sms', 'webhook', '--port', '0'], '--sms webhook: SMS_WEBHOOK_URL must be set in the environment'],
  [['--nonsense'], "Unknown option '--nonsense'"],
  [['-x'], "Unknown option '-x'"],
  [['--json=yes'], "Option '--json' does not take an argument"],
  [['stray'], "Unexpected argument 'stray'"],
])('%j is one line that names the flag and the help, and exit code 1', async (argv, problem) => {
  const command = run(...argv)
  expect(await command.exitCode).toBe(1)
  expect(command.printed).toEqual([])
  expect(command.complained).toEqual([
    `authsignal-channels emulator: ${problem}. All options: authsignal-channels emulator --help\n`,
  ])
})

test('an address that others can reach is refused by the names of the flags', async () => {
  const command = run('--host', '0.0.0.0', '--port', '0')
  expect(await command.exitCode).toBe(1)
  expect(command.complained.join('')).toMatch(
    /: --host must be a loopback address.* Set --unsafe-host to serve/,
  )
})

test('a port that is taken is one line that says how to choose another, and exit code 1', async () => {
  const { port, close } = await listen(createEmulator(), { port: 0 })
  const command = run('--port', String(port))
  expect(await command.exitCode).toBe(1)
  expect(command.complained).toEqual([
    `authsignal-channels emulator: Port ${port} is in use. Stop the program that uses it, or choose another port: ` +
      '--port 4011, or --port 0 for any that is free.\n',
  ])
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
    'seed',
    'reserved',
    'random',
    'sms',
    'whatsapp',
    'email',
    'webhook',
    'webhook-events',
    'import',
    'export',
    'json',
  ])
    expect(help.printed.join('')).toContain(`--${flag}`)
  const shown = run('--version')
  expect(await shown.exitCode).toBe(0)
  expect(shown.printed).toEqual([`${version}\n`])
})

describe('authsignal-channels', () => {
  const runBin = (...argv: string[]) => runCommand(main, argv)

  test('emulator starts the emulator', async () => {
    const command = runBin('emulator', '--port', '0', '--json')
    await command.ready
    const { url } = JSON.parse(command.printed.join(''))
    expect((await fetch(`${url}/emulator/health`)).status).toBe(200)
    command.stop()
    expect(await command.exitCode).toBe(0)
  })

  test.each([[[]], [['--help']], [['-h']], [['help']]])('%j lists the commands', async argv => {
    const command = runBin(...argv)
    expect(await command.exitCode).toBe(0)
    expect(command.printed.join('')).toMatch(/^Usage: authsignal-channels <command>.*\n {2}emulator /s)
  })

  test('emulator --help lists the flags, --version prints the version', async () => {
    const help = runBin('emulator', '--help')
    expect(await help.exitCode).toBe(0)
    expect(help.printed.join('')).toMatch(/^Usage: authsignal-channels emulator \[options\]/)
    const shown = runBin('--version')
    expect(await shown.exitCode).toBe(0)
    expect(shown.printed).toEqual([`${version}\n`])
  })

  test.each([
    [['emulater'], 'there is no command "emulater"'],
    [['--port', '4010'], '--port needs a command'],
  ])('%j is one line that names the command, and exit code 1', async (argv, problem) => {
    const command = runBin(...argv)
    expect(await command.exitCode).toBe(1)
    expect(command.printed).toEqual([])
    expect(command.complained).toEqual([
      `authsignal-channels: ${problem}. To start the emulator: authsignal-channels emulator\n`,
    ])
  })
})
