/**
 * The messages of the hosted page to the page that opened it.
 *
 * A message counts only when it comes from the origin of the hosted page and from the very frame or
 * window that was opened for it, and has one of the shapes below. Everything else on the message
 * channel belongs to other scripts, and is ignored.
 *
 * @module
 */
import { isToken } from '../lib/token.js'

/** An enum in the types alone, as code for the original expects one; nothing of it is there at run time. */
declare enum Events {
  /** The user is done or has cancelled. */
  AUTHSIGNAL_CLOSE_POPUP = 'AUTHSIGNAL_CLOSE_POPUP',
  /** A request of the hosted page has failed. */
  AUTHSIGNAL_API_ERROR = 'AUTHSIGNAL_API_ERROR',
  /** The hosted page shows something. */
  AUTHSIGNAL_READY = 'AUTHSIGNAL_READY',
}

/** The events of the hosted page, each with its name as value. */
export const AuthsignalWindowMessage = {
  AUTHSIGNAL_CLOSE_POPUP: 'AUTHSIGNAL_CLOSE_POPUP',
  AUTHSIGNAL_API_ERROR: 'AUTHSIGNAL_API_ERROR',
  AUTHSIGNAL_READY: 'AUTHSIGNAL_READY',
} as unknown as typeof Events

/** An event of the hosted page. */
export type AuthsignalWindowMessage = Events

/**
 * Each event as a type.
 *
 * @hidden
 */
export declare namespace AuthsignalWindowMessage {
  type AUTHSIGNAL_CLOSE_POPUP = Events.AUTHSIGNAL_CLOSE_POPUP
  type AUTHSIGNAL_API_ERROR = Events.AUTHSIGNAL_API_ERROR
  type AUTHSIGNAL_READY = Events.AUTHSIGNAL_READY
}

/**
 * A message of the hosted page, which travels as a JSON string.
 *
 * @example
 * addEventListener('message', ({ data }) => {
 *   const message: AuthsignalWindowMessageData = JSON.parse(data)
 *   if (message.event === AuthsignalWindowMessage.AUTHSIGNAL_READY) show('ready')
 * })
 */
export type AuthsignalWindowMessageData = {
  /** What has happened. */
  event: AuthsignalWindowMessage
  /** With `AUTHSIGNAL_CLOSE_POPUP`, when the user was verified. */
  token?: string | undefined
  /** With `AUTHSIGNAL_API_ERROR`. */
  errorCode?: string | undefined
  /** With `AUTHSIGNAL_API_ERROR`. */
  statusCode?: number | undefined
}

/** What to do about each message. */
export interface MessageHandlers {
  onReady(): void
  /** The page's content is this many CSS pixels high. */
  onHeight(height: number): void
  onError(error: { errorCode?: string; statusCode?: number }): void
  /** The user is done, or has cancelled when there is no token. */
  onClose(token: string | undefined): void
}

/** Every event comes as a JSON string, the height as an object. */
export function handleMessage({ data }: MessageEvent<unknown>, handlers: MessageHandlers): void {
  if (typeof data === 'string') handleEvent(parse(data), handlers)
  const height = (data as { height?: unknown } | null | undefined)?.height
  if (typeof height === 'number' && height > 0) handlers.onHeight(height)
}

function handleEvent(
  { event, token, errorCode, statusCode }: Record<string, unknown>,
  handlers: MessageHandlers,
) {
  if (event === AuthsignalWindowMessage.AUTHSIGNAL_READY) handlers.onReady()
  if (event === AuthsignalWindowMessage.AUTHSIGNAL_API_ERROR) {
    handlers.onError({
      ...(typeof errorCode === 'string' && { errorCode }),
      ...(typeof statusCode === 'number' && { statusCode }),
    })
  }
  if (
    event === AuthsignalWindowMessage.AUTHSIGNAL_CLOSE_POPUP &&
    (token === undefined || token === '' || isToken(token))
  ) {
    handlers.onClose(token || undefined)
  }
}

function parse(text: string): Record<string, unknown> {
  try {
    return Object(JSON.parse(text))
  } catch {
    return {} // a message of another script
  }
}
