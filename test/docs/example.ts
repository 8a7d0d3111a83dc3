/** An example in a process of its own, as `npm run example` starts it. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { Authsignal, VerificationMethod } from '@authsignal/node'

export const EXAMPLES = ['script-tag', 'plain', 'react', 'vue', 'server-rendering'] as const

export interface Example {
  readonly url: string
  stop(): Promise<void>
}

export async function startExample(name: string): Promise<Example> {
  const example = spawn(process.execPath, ['demo/examples/run.mjs', name, '--port', '0'])
  const url = await new Promise<string>((resolve, reject) => {
    let said = ''
    const listen = (chunk: Buffer) => {
      said += chunk
      const ready = /The example is ready: (\S+)/.exec(said)
      if (ready) resolve(ready[1]!)
    }
    example.stdout.on('data', listen)
    example.stderr.on('data', listen)
    example.once('exit', () => reject(new Error(`The example did not start: ${said}`)))
  })
  return {
    url,
    async stop() {
      const exit = once(example, 'exit')
      example.kill()
      await exit
    },
  }
}

/** What the example's user has got on the phone so far, newest first. */
export async function messagesOf({ url }: Example): Promise<{ channel: string; code: string }[]> {
  const response = await fetch(`${url}/emulator/messages?wait=10000`)
  const { messages } = (await response.json()) as { messages: { channel: string; code: string }[] }
  return messages
}

/** Nothing has happened yet, but for the user's sign-up. */
export async function startOver({ url }: Example): Promise<void> {
  await fetch(`${url}/emulator/reset`, { method: 'POST' })
  const authsignal = new Authsignal({ apiSecretKey: 'demo-secret', apiUrl: `${url}/v1` })
  const attributes = { verificationMethod: VerificationMethod.WHATSAPP, phoneNumber: '+64210000001' }
  await authsignal.enrollVerifiedAuthenticator({ userId: 'jane', attributes })
}
