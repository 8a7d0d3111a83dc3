/**
 * The real `@authsignal/node` in front of an emulator on a port, and a browser's calls beside it.
 */
import { Authsignal } from '@authsignal/node'
import { createEmulator, listen } from 'authsignal-channels/emulator'

export async function startService() {
  const emulator = createEmulator()
  const { url, close } = await listen(emulator, { port: 0 })
  const { apiSecretKey } = emulator.config
  const authsignal = new Authsignal({ apiSecretKey, apiUrl: `${url}/v1`, retries: 0 })

  /** A call of the user's browser with its token. */
  async function browser(
    token: string,
    path: string,
    body?: object,
    headers: Record<string, string> = {},
    // biome-ignore lint/suspicious/noExplicitAny: responses are checked field by field
  ): Promise<any> {
    const response = await fetch(`${url}/v1/client${path}`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json', ...headers },
      ...(body && { body: JSON.stringify(body) }),
    })
    return response.json()
  }

  /** The code that arrives on the user's phone or in the mailbox. */
  const received = (to: string) => emulator.messages.nextCode({ to, timeout: 1000 })

  return { emulator, url, authsignal, browser, received, close }
}

export type Service = Awaited<ReturnType<typeof startService>>
