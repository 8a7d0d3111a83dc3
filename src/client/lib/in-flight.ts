/**
 * Requests in flight: equal ones share one response.
 *
 * A second click, or a component that is mounted twice, joins the request that is already on its way. A
 * request ends with its response, at its timeout, or when the last of its callers has aborted.
 *
 * @module
 */
import { aborted, type Failure, fail, type Result } from '../response.js'

type AnyResult = Result<object>

interface RequestInFlight {
  readonly response: Promise<AnyResult>
  /** Aborts the request; every caller resolves with this failure. */
  readonly cancel: (failure: Failure) => void
  callers: number
}

/**
 * @param key Equal for equal requests.
 * @param baseUrl Named in the failure when the time is over.
 * @param send Sends the request. The signal is aborted when no caller waits any more.
 * @param signal Ends the wait of this one caller.
 */
export type ShareRequest = (
  key: string,
  baseUrl: string,
  send: (signal: AbortSignal) => Promise<AnyResult>,
  signal: AbortSignal | undefined,
) => Promise<AnyResult>

/** @param timeout For a request in all, in milliseconds. */
export function shareRequests(timeout: number): ShareRequest {
  const requests = new Map<string, RequestInFlight>()

  function start(key: string, baseUrl: string, send: Parameters<ShareRequest>[2]): RequestInFlight {
    const controller = new AbortController()
    let cancel!: RequestInFlight['cancel']
    const cancelled = new Promise<Failure>(resolve => {
      cancel = failure => {
        resolve(failure) // first: a fetch of the app may ignore the signal
        controller.abort()
      }
    })
    const timer = setTimeout(() => {
      cancel(
        fail(
          'timeout',
          `No answer from ${baseUrl} within ${timeout} ms. Check the connection and try again.`,
        ),
      )
    }, timeout)
    const response = Promise.race([send(controller.signal), cancelled]).finally(() => {
      clearTimeout(timer)
      requests.delete(key)
    })
    const request = { response, cancel, callers: 0 }
    requests.set(key, request)
    return request
  }

  function join(request: RequestInFlight, signal: AbortSignal | undefined): Promise<AnyResult> {
    request.callers++
    return new Promise((resolve, reject) => {
      const leave = () => {
        resolve(aborted())
        request.callers--
        // Not at once: a component that is unmounted and mounted again leaves and joins in one task.
        setTimeout(() => request.callers || request.cancel(aborted()))
      }
      signal?.addEventListener('abort', leave)
      request.response.then(resolve, reject).finally(() => signal?.removeEventListener('abort', leave))
    })
  }

  return (key, baseUrl, send, signal) => join(requests.get(key) ?? start(key, baseUrl, send), signal)
}
