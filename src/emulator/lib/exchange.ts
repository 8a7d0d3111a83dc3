/**
 * One HTTP request to somewhere outside the emulator: to a webhook or a message provider.
 *
 * Nothing of what failed is passed on but its kind: addresses and messages of errors can contain credentials.
 */

export type Fetch = (input: string, init: RequestInit) => Promise<Response>

/** The response, or why there is none. */
export type Exchange =
  | { readonly status: number; readonly headers: Headers; readonly body: string }
  | { readonly problem: 'timeout' | 'network' }

/** The most of a response that is read, in bytes. */
const MAX_RESPONSE_BYTES = 64 * 1024

/** @param timeoutMs For the whole response, in real time. */
export async function exchange(
  fetch: Fetch,
  url: string,
  init: RequestInit,
  timeoutMs: number,
): Promise<Exchange> {
  const aborting = new AbortController()
  let onTimeout = () => {}
  // Not every `fetch` that an app passes listens to the signal.
  const timeout = new Promise<Exchange>(resolve => {
    onTimeout = () => {
      resolve({ problem: 'timeout' })
      aborting.abort()
    }
  })
  const timer = setTimeout(() => onTimeout(), timeoutMs)
  try {
    // A redirect would take the signature or the credentials to another address.
    const request = run(fetch, url, { ...init, redirect: 'manual', signal: aborting.signal })
    return await Promise.race([request, timeout])
  } finally {
    clearTimeout(timer)
  }
}

async function run(fetch: Fetch, url: string, init: RequestInit): Promise<Exchange> {
  try {
    const response = await fetch(url, init)
    return { status: response.status, headers: response.headers, body: await read(response) }
  } catch {
    return { problem: 'network' }
  }
}

async function read(response: Response): Promise<string> {
  if (!response.body) return (await response.text()).slice(0, MAX_RESPONSE_BYTES)
  const reader = response.body.getReader()
  const decoder = new TextDecoder()
  let text = ''
  let size = 0
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    text += decoder.decode(part.value, { stream: true })
    size += part.value.byteLength
    if (size > MAX_RESPONSE_BYTES) await reader.cancel()
  }
  return text + decoder.decode()
}

/** The seconds of a `Retry-After` header, which may be a date. */
export function retryAfterOf(headers: Headers): number | undefined {
  const value = headers.get('Retry-After')
  if (value === null) return undefined
  const seconds = /^\d{1,9}$/.test(value) ? Number(value) : Math.ceil((Date.parse(value) - Date.now()) / 1000)
  return seconds > 0 ? seconds : undefined
}
