/**
 * What this page tells the page that opened it.
 *
 * The four messages of `launch()` and nothing else; when to send them is decided in `flow.ts`, and
 * the height is measured in `screens/app.tsx`.
 *
 * @module
 */

import type { Failure } from 'authsignal-channels'
import { AuthsignalWindowMessage } from 'authsignal-channels'

export interface Opener {
  /** The first screen is drawn. */
  ready(): void
  /** The content is now this many CSS pixels high. */
  height(pixels: number): void
  /** A call to the API failed. */
  apiError(failure: Failure): void
  /** The user is done, or gave up when there is no token. */
  close(token?: string): void
}

/** The page that opened this one, or `undefined` when there is none, or it does not wait for messages. */
export function findOpener(mode: 'popup' | 'redirect', own: Window): Opener | undefined {
  if (mode === 'redirect') return undefined
  const target: Window | null = own.parent !== own ? own.parent : own.opener
  if (!target || target === own) return undefined

  // The origin of the opener is not known: it need not be that of `redirectUrl`, and popups have
  // none. An emulator on the developer's own machine may answer anyone; the receiver checks ours.
  const post = (message: unknown) => target.postMessage(message, '*')
  const postEvent = (event: string, details: object = {}) => post(JSON.stringify({ event, ...details }))

  return {
    ready: () => postEvent(AuthsignalWindowMessage.AUTHSIGNAL_READY),
    // The one message that is an object: receivers read `height` without parsing.
    height: pixels => post({ height: pixels }),
    apiError: ({ errorCode, status }) =>
      postEvent(AuthsignalWindowMessage.AUTHSIGNAL_API_ERROR, { errorCode, statusCode: status }),
    close: token => postEvent(AuthsignalWindowMessage.AUTHSIGNAL_CLOSE_POPUP, { token }),
  }
}
