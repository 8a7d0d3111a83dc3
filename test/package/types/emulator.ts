/** What must compile with the emulator, and what must not. Never run. */
import { Authsignal } from 'authsignal-channels'
import {
  createEmulator,
  type Emulator,
  type EmulatorOptions,
  listen,
  type Message,
} from 'authsignal-channels/emulator'

const options: EmulatorOptions = { tenantId: 'acme', projectId: undefined }
const emulator: Emulator = createEmulator(options)
createEmulator()

async function stepUp(): Promise<string> {
  const authsignal = new Authsignal({ ...emulator.config, fetch: emulator.fetch })
  await authsignal.sms.challenge()
  const code: string = await emulator.messages.nextCode({ to: '+64210000001', channel: 'SMS' })
  const { token = '' } = await authsignal.sms.verify({ code })
  return token
}

async function serve() {
  const { url, port, close } = await listen(emulator, { port: 0 })
  await listen({ fetch: () => new Response(), connect: emulator.connect })
  const response: Response = await emulator.fetch(new Request(`${url}/emulator/health`))
  emulator.clock.advance(60)
  emulator.clock.reset()
  emulator.reset()
  await close()
  return [port.toFixed(), response.status]
}

const read = ({ code, url, createdAt, channel }: Message) => [code?.length, url?.length, createdAt, channel]
const texts = emulator.messages
  .list({ channel: 'EMAIL' })
  .map(message => [read(message), message.body.length])

// @ts-expect-error an option that does not exist
createEmulator({ tenant: 'acme' })
// @ts-expect-error nothing arrives by fax
emulator.messages.list({ channel: 'FAX' })
// @ts-expect-error a port is a number
listen(emulator, { port: '4010' })

export { serve, stepUp, texts }
