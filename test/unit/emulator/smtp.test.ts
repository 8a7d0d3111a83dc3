// @vitest-environment node
/** E-mail by SMTP, to a real server in this process. */
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { text } from 'node:stream/consumers'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import { describe, expect, onTestFinished, test } from 'vitest'
import { createProvider } from '../../../src/emulator/providers/index.js'
import { createHarness, EMAIL } from './harness.js'

const PASSWORD = 'very-secret-password'
const CODE = '048213'

interface Mail {
  readonly from: string
  readonly to: readonly string[]
  readonly content: string
}

async function portOf(server: Server): Promise<number> {
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return (server.address() as AddressInfo).port
}

/** A server that takes mail of one user. */
async function startServer(options: SMTPServerOptions = {}) {
  const mails: Mail[] = []
  const server = new SMTPServer({
    hideSTARTTLS: true,
    allowInsecureAuth: true,
    onAuth: ({ username, password }, _, callback) =>
      username === 'user' && password === PASSWORD
        ? callback(null, { user: username })
        : callback(new Error(`Wrong: ${password}`)),
    onData(stream, { envelope }, callback) {
      void text(stream).then(content => {
        const from = envelope.mailFrom === false ? '' : envelope.mailFrom.address
        mails.push({ from, to: envelope.rcptTo.map(({ address }) => address), content })
        callback()
      })
    },
    ...options,
  })
  server.on('error', () => {})
  const port = await portOf(server.server)
  onTestFinished(() => new Promise<void>(resolve => server.close(() => resolve())))
  return { mails, env: envOf(port) }
}

const envOf = (port: number) => ({
  SMTP_HOST: '127.0.0.1',
  SMTP_PORT: String(port),
  SMTP_USER: 'user',
  SMTP_PASSWORD: PASSWORD,
  SMTP_FROM: 'Demo <codes@example.com>',
})

const send = (env: Record<string, string>, timeoutMs = 5000) =>
  createProvider('email', 'smtp', env, { timeoutMs }).send({
    id: 'm1',
    channel: 'EMAIL',
    to: EMAIL,
    body: `Subject: ${CODE} is your code\n\n${CODE} is your code. Größe 2.`,
    code: CODE,
  })

test('sends one mail with the subject and the text', async () => {
  const { mails, env } = await startServer()
  expect(await send(env)).toEqual({ ok: true, providerMessageId: expect.stringContaining('@example.com>') })
  expect(mails).toHaveLength(1)
  const [{ from, to, content }] = mails as [Mail]
  expect([from, to]).toEqual(['codes@example.com', [EMAIL]])
  expect(content).toMatch(
    /^From: Demo <codes@example.com>\r\nTo: jane@example.com\r\nSubject: 048213 is your code\r\n/,
  )
  expect(content).toContain('Content-Transfer-Encoding: quoted-printable')
  expect(content).toMatch(/\r\n\r\n048213 is your code\. Gr=C3=B6=C3=9Fe 2\./)
})

test('does not mind the certificate of a server on this machine', async () => {
  const { mails, env } = await startServer({ hideSTARTTLS: false })
  expect(await send(env)).toMatchObject({ ok: true })
  expect(mails).toHaveLength(1)
})

test('works without a user', async () => {
  const { mails, env } = await startServer({ authOptional: true })
  const { SMTP_USER: _, SMTP_PASSWORD: __, ...rest } = env
  expect(await send(rest)).toMatchObject({ ok: true })
  expect(mails).toHaveLength(1)
})

const failure = (responseCode: number) =>
  Object.assign(new Error(`No ${CODE} for ${EMAIL}`), { responseCode })

test.each<[string, SMTPServerOptions, object]>([
  [
    'a wrong password',
    { onAuth: (_, __, callback) => callback(new Error('no')) },
    { problem: 'unauthorized', providerCode: '535' },
  ],
  [
    'an address that is refused',
    { onRcptTo: (_, __, callback) => callback(failure(550)) },
    { problem: 'bad_address', providerCode: '550' },
  ],
  [
    'an address that is refused for now',
    { onRcptTo: (_, __, callback) => callback(failure(450)) },
    { problem: 'temporary', providerCode: '450' },
  ],
  [
    'a sender that is refused',
    { onMailFrom: (_, __, callback) => callback(failure(553)) },
    { problem: 'bad_sender', providerCode: '553' },
  ],
  [
    'a text that is refused',
    {
      onData: (stream, _, callback) => {
        stream.resume()
        stream.on('end', () => callback(failure(554)))
      },
    },
    { problem: 'unknown', providerCode: '554' },
  ],
])('takes %s for a failure, without the words of the server', async (_, options, expected) => {
  const { mails, env } = await startServer(options)
  const result = await send(env)
  expect(result).toEqual({ ok: false, ...expected })
  expect(mails).toEqual([])
})

describe('a server that is no good', () => {
  const startSocket = async (onSocket: (socket: Socket) => void) => {
    const sockets = new Set<Socket>()
    const server = createServer(socket => {
      sockets.add(socket.on('error', () => {}))
      onSocket(socket)
    })
    const env = envOf(await portOf(server))
    onTestFinished(() => {
      for (const each of sockets) each.destroy()
      server.close()
    })
    return { env, sockets, server }
  }

  test.each<[string, (socket: Socket) => void]>([
    ['cuts the connection', socket => socket.destroy()],
    ['says nothing', () => {}],
    ['stops in the middle', socket => socket.write('220 ready\r\n')],
    [
      'goes on and on',
      socket => {
        socket.write('220 ready\r\n')
        const timer = setInterval(() => socket.write('250-more\r\n'), 20)
        socket.once('close', () => clearInterval(timer))
      },
    ],
  ])('%s: the message was not sent, and is not tried again', async (_, onSocket) => {
    const { env, sockets } = await startSocket(onSocket)
    expect(await send(env, 1000)).toEqual({ ok: false, problem: 'temporary' })
    expect(sockets.size).toBe(1)
  })

  test('is not there', async () => {
    const { env, server } = await startSocket(() => {})
    await new Promise(resolve => server.close(resolve))
    expect(await send(env)).toEqual({ ok: false, problem: 'temporary' })
  })
})

test.each([
  [{ SMTP_HOST: '' }, 'SMTP_HOST must be set in the environment'],
  [{ SMTP_HOST: '', SMTP_FROM: '' }, 'SMTP_HOST, SMTP_FROM must be set in the environment'],
  [{ SMTP_PORT: '0x' }, 'SMTP_PORT must be a whole number from 1 to 65535'],
])('%j is refused', (change, message) => {
  expect(() => createProvider('email', 'smtp', { ...envOf(25), ...change })).toThrow(message)
})

test('a code and a link of the API arrive in the mailbox', async () => {
  const { mails, env } = await startServer()
  const email = createProvider('email', 'smtp', env)
  const { enrol, track, client, emulator } = createHarness({ providers: { email } })
  await enrol('jane', EMAIL, 'EMAIL_OTP')
  await enrol('jane', EMAIL, 'EMAIL_MAGIC_LINK')
  const { token } = await track('jane')
  await client(token, '/challenge/email-otp')
  await client(token, '/challenge/email-magic-link')
  const [link, code] = emulator.messages.list()
  const plain = mails.map(({ content }) => content.replace(/=\r\n/g, ''))
  expect(plain[0]).toContain(code!.code)
  expect(plain[1]).toContain(link!.url)
})
