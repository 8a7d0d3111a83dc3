/**
 * Records the calls made on an SDK client, for the log at the foot of the page.
 *
 * The page wraps the browser SDK with this, its backend wraps the server SDK, so that both sides of a
 * scenario show up in one list. Secrets are shortened here, before anything is kept or sent anywhere.
 * Drawing the list is `log.tsx`.
 *
 * @module
 */

export interface RecordedCall {
  readonly id: string
  readonly side: 'browser' | 'backend'
  /** As written in the code: `authsignal.sms.verify`. */
  readonly method: string
  readonly arguments: readonly unknown[]
  readonly startedAt: number
  /** Milliseconds; absent while the call is under way. */
  readonly duration?: number
  readonly response?: unknown
  readonly failed?: boolean
}

/**
 * The same object, except that each method call on it, or on an object in it, is reported twice: when
 * it starts, and under the same ID once it has its response.
 */
export function recordCalls<T extends object>(
  target: T,
  side: RecordedCall['side'],
  report: (call: RecordedCall) => void,
  path = 'authsignal',
): T {
  // The target is an empty object: a proxy of a frozen object may not return other values than that object.
  return new Proxy({} as T, {
    get(_, key) {
      const value: unknown = Reflect.get(target, key)
      const method = `${path}.${String(key)}`
      if (typeof value === 'function') {
        return (...args: unknown[]) => recordCall(() => Reflect.apply(value, target, args), method, args)
      }
      return isObject(value) ? recordCalls(value, side, report, method) : value
    },
  })

  function recordCall(run: () => unknown, method: string, args: readonly unknown[]): unknown {
    const started: RecordedCall = {
      id: crypto.randomUUID(),
      side,
      method,
      arguments: toLoggable(args) as unknown[],
      startedAt: Date.now(),
    }
    const clock = performance.now()
    const settle = (response: unknown, failed: boolean) =>
      report({ ...started, duration: performance.now() - clock, response: toLoggable(response), failed })

    report(started)
    const result = run()
    if (!(result instanceof Promise)) {
      settle(result, false)
      return result
    }
    return result.then(
      response => {
        settle(response, isRefusal(response))
        return response
      },
      error => {
        settle(describeError(error), true)
        throw error
      },
    )
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}

/** A response can be a refusal: an error of the browser SDK, or a wrong code. */
function isRefusal(response: unknown): boolean {
  const { errorCode, isVerified, isValid } = (response ?? {}) as Record<string, unknown>
  return errorCode !== undefined || isVerified === false || isValid === false
}

function describeError(error: unknown): unknown {
  if (!(error instanceof Error)) return error
  const { statusCode, errorCode, errorDescription } = error as Error & Record<string, unknown>
  return { error: error.name, statusCode, errorCode, errorDescription: errorDescription ?? error.message }
}

/** The value as JSON, with every secret and picture shortened, without signals and callbacks. */
function toLoggable(value: unknown): unknown {
  if (value === undefined) return undefined
  return JSON.parse(
    JSON.stringify(value, (key, entry) => {
      if (entry instanceof AbortSignal) return undefined
      if (typeof entry !== 'string') return entry
      // Not recognisable as a secret, but it gives access to a session.
      if (key === 'pendingRef') pendingRefs.add(entry)
      return pendingRefs.has(entry) ? shorten(entry) : shortenAll(entry)
    }),
  )
}

const pendingRefs = new Set<string>()

const TOKEN = /\beyJ[\w-]+\.[\w-]+\.[\w-]+/g
const PICTURE = /^data:image\/.{40,}/

const shortenAll = (text: string) => text.replace(TOKEN, shorten).replace(PICTURE, shorten)

function shorten(text: string): string {
  return `${text.slice(0, text.startsWith('data:') ? 22 : 8)}…${text.slice(-4)}`
}
