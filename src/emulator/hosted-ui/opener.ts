/**
 * The messages to the page that opened this one: the four that `launch()` understands.
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
  apiError(failure: Pick<Failure, 'errorCode' | 'status'>): void
  /** The user is done. Without a token, the user has cancelled. */
  close(token?: string): void
}

/** The page that opened this one; `undefined` when there is none, or it does not listen for messages. */
export function findOpener(mode: 'popup' | 'redirect', own: Window): Opener | undefined {
  if (mode === 'redirect') return undefined
  const target: Window | null = own.parent !== own ? own.parent : own.opener
  if (!target || target === own) return undefined

  // The origin of the opener is not known: it may differ from that of `redirectUrl`, and a popup has no
  // `redirectUrl`. So an emulator, which is for development, sends to any origin; `launch()` checks the
  // origin of the sender.
  const post = (message: unknown) => target.postMessage(message, '*')
  const postEvent = (event: string, details: object = {}) => post(JSON.stringify({ event, ...details }))

  return {
    ready: () => postEvent(AuthsignalWindowMessage.AUTHSIGNAL_READY),
    // The only message that is an object: `launch()` reads `height` without parsing.
    height: pixels => post({ height: pixels }),
    apiError: ({ errorCode, status }) =>
      postEvent(AuthsignalWindowMessage.AUTHSIGNAL_API_ERROR, { errorCode, statusCode: status }),
    close: token => postEvent(AuthsignalWindowMessage.AUTHSIGNAL_CLOSE_POPUP, { token }),
  }
}
