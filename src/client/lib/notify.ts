/**
 * Calling back into the app.
 *
 * @module
 */

/** Calls a callback of the app. What it throws is reported, and changes nothing else. */
export function notify(callback: () => unknown): void {
  try {
    callback()
  } catch (error) {
    report(error)
  }
}

/** Reports an error as if it had not been caught: to the page's `error` event, else to the console. */
export function report(error: unknown): void {
  const { reportError = console.error } = globalThis
  reportError(error)
}
