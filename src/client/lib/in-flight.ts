/**
 * Requests in flight: equal ones share one response.
 *
 * A second click, or a component that is mounted twice, joins the request that is already sent. A request
 * ends with its response, at its timeout, or when the last of its callers has aborted.
 *
 * @module
 */
import { aborted, type Failure, fail, type Result, TRY_AGAIN } from '../response.js'
import { deferred } from './timing.js'

type AnyResult = Result<object>

interface RequestInFlight {
  readonly response: Promise<AnyResult>
  /** Aborts the request; every caller resolves with this failure. */
  readonly cancel: (failure: Failure) => void
  callers: number
}

/**
 * @param key Equal for equal requests.
 * @param send Sends the request, and never rejects. The signal aborts when no caller waits any more.
 * @param signal Ends the wait of this one caller.
 */
export type ShareRequest = (
  key: string,
  send: (signal: AbortSignal) => Promise<AnyResult>,
  signal: AbortSignal | undefined,
) => Promise<AnyResult>

/** @param timeout For a request in all, in milliseconds. */
export function shareRequests(timeout: number): ShareRequest {
  const requests = new Map<string, RequestInFlight>()

  function start(key: string, send: Parameters<ShareRequest>[1]): RequestInFlight {
    const controller = new AbortController()
    const { promise, resolve } = deferred<AnyResult>()
    const cancel = (failure: Failure) => {
      resolve(failure) // first: a fetch of the app may ignore the signal
      controller.abort()
    }
    const timer = setTimeout(
      () => cancel(fail('timeout', `No response within ${timeout} ms. ${TRY_AGAIN}`)),
      timeout,
    )
    void send(controller.signal).then(resolve)
    void promise.then(() => {
      clearTimeout(timer)
      requests.delete(key)
    })
    const request = { response: promise, cancel, callers: 0 }
    requests.set(key, request)
    return request
  }

  return (key, send, signal) => {
    const request = requests.get(key) ?? start(key, send)
    const { promise, resolve } = deferred<AnyResult>()
    const leave = () => {
      resolve(aborted())
      request.callers--
      // Not at once: a component that is unmounted and mounted again leaves and joins in one task.
      setTimeout(() => request.callers || request.cancel(aborted()))
    }
    request.callers++
    signal?.addEventListener('abort', leave)
    void request.response.then(resolve)
    return promise.finally(() => signal?.removeEventListener('abort', leave))
  }
}
