/**
 * Calls to the control routes of the emulator that serves this page.
 *
 * @module
 */

/** A tenant has its control routes, and this page, below an address of its own. */
const BASE = `${/^\/t\/[^/]+(?=\/)/.exec(location.pathname)?.[0] ?? ''}/emulator/`

export const controlUrl = (path: string) => BASE + path

/** A refusal, or no response at all: `emulator_down`. */
export class ControlError extends Error {
  override readonly name = 'ControlError'

  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message)
  }
}

/** @param body If present, the request is a POST. */
export const control = <T>(path: string, body?: object): Promise<T> =>
  request(
    path,
    body && {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    },
  )

export const controlDelete = (path: string): Promise<unknown> => request(path, { method: 'DELETE' })

async function request<T>(path: string, init: RequestInit | undefined): Promise<T> {
  const response = await fetch(controlUrl(path), init).catch(() => undefined)
  const result = await response?.json().catch(() => undefined)
  if (response?.ok && result !== undefined) return result
  if (typeof result?.errorCode === 'string') throw new ControlError(result.errorCode, result.errorDescription)
  throw new ControlError('emulator_down', 'The emulator does not respond. Is it still running?')
}
