/**
 * A browser client for step-up authentication with pluggable channels.
 *
 * The public names, one by one; what is not here is private.
 *
 * @module
 */
export { Authsignal, type AuthsignalOptions } from './authsignal.js'
export { type EmailChannel, email } from './channels/email.js'
export type { VerifyInput } from './channels/one-time-code.js'
export { type SmsChannel, sms } from './channels/sms.js'
export type {
  Authenticator,
  CallOptions,
  ChallengeResponse,
  EnrollResponse,
  VerificationMethod,
  VerifyResponse,
  WebauthnCredential,
} from './channels/types.js'
export { type WhatsappChannel, whatsapp } from './channels/whatsapp.js'
export { type Channel, type ChannelsFor, type Client, type ClientCore, createClient } from './client.js'
export type { ChannelContext } from './context.js'
export {
  type Launch,
  type LaunchOptions,
  launch,
  type PopupLaunchOptions,
  type RedirectLaunchOptions,
  type TokenPayload,
  type WindowLaunchOptions,
} from './hosted/launch.js'
export { AuthsignalWindowMessage, type AuthsignalWindowMessageData } from './hosted/messages.js'
export type { PopupOptions } from './hosted/popup.js'
export { type HandleRedirect, handleRedirect } from './hosted/redirect.js'
export type { WindowOptions } from './hosted/window.js'
export type { ClientOptions } from './options.js'
export type { RequestOptions, SendRequest } from './request.js'
export {
  type AuthsignalResponse,
  ErrorCode,
  type Failure,
  type KnownErrorCode,
  type Success,
} from './response.js'
