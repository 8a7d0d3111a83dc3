/**
 * Makes each call against each base URL, and returns the results.
 *
 * Complete in itself, for it is also sent into pages as text.
 */
import type { Call } from './calls.js'

export interface Settled {
  readonly response?: Record<string, unknown>
  /** What the call threw, or rejected with; always a bug. */
  readonly thrown?: string
}

export interface Settling {
  readonly calls: readonly Call[]
  readonly baseUrls: readonly string[]
  readonly timeout: number
}

export interface Settlement {
  /** By base URL, then by call, in the order given. */
  readonly settled: Settled[][]
  /** Unhandled rejections, uncaught errors and lines on the console. */
  readonly noise: string[]
}

// biome-ignore lint/suspicious/noExplicitAny: the SDK as a page has it, without types
export async function settle(sdk: any, { calls, baseUrls, timeout }: Settling): Promise<Settlement> {
  const noise: string[] = []
  const note = (what: string) => (event: Event) => {
    const { reason, error } = event as PromiseRejectionEvent & ErrorEvent
    noise.push(`${what}: ${reason ?? error}`)
  }
  const onRejection = note('unhandled rejection')
  const onError = note('uncaught error')
  globalThis.addEventListener?.('unhandledrejection', onRejection)
  globalThis.addEventListener?.('error', onError)
  const quiet = ['log', 'info', 'warn', 'error', 'debug'] as const
  const spoken = quiet.map(name => console[name])
  for (const name of quiet)
    console[name] = (...words: unknown[]) => noise.push(`console.${name}: ${words.join(' ')}`)

  const settled: Settled[][] = []
  try {
    for (const baseUrl of baseUrls) {
      settled.push(
        await Promise.all(
          calls.map(async ({ channel, method, input, args, token = 'token' }): Promise<Settled> => {
            // Its addresses are below the host.
            const notp = { projectId: 'P2localdemo00000000000000000', baseUrl: baseUrl.replace(/\/v1$/, '') }
            const client = new sdk.Authsignal({ tenantId: 'acme', baseUrl, timeout, notp })
            client.setToken(token)
            try {
              const { cause, ...response } = await client[channel][method](
                ...(args ?? [channel === 'qrCode' ? { ...input, onStateChange() {} } : input]),
              )
              return { response }
            } catch (error) {
              return { thrown: String(error) }
            }
          }),
        ),
      )
    }
  } finally {
    for (const [index, name] of quiet.entries()) console[name] = spoken[index]!
    globalThis.removeEventListener?.('unhandledrejection', onRejection)
    globalThis.removeEventListener?.('error', onError)
  }
  return { settled, noise }
}
