/**
 * A browser client for step-up authentication with pluggable channels.
 *
 * The public names, one by one; what is not here is private.
 *
 * @module
 */

export { Authsignal, type AuthsignalOptions } from './authsignal.js'
export { type EmailChannel, type EmailEnrollInput, email } from './channels/email.js'
export { type EmailMagicLinkChannel, emailML } from './channels/email-magic-link.js'
export {
  type NotpChannel,
  type NotpOptions,
  type NotpSessionResponse,
  type NotpSettings,
  type NotpSignInOptions,
  type NotpStartResponse,
  type NotpUpdateInput,
  type NotpUser,
  type NotpUserInput,
  type NotpWaitOptions,
  notp,
} from './channels/notp.js'
export type { VerifyInput } from './channels/one-time-code.js'
export {
  type PasskeyChannel,
  type PasskeySignInInput,
  type PasskeySignInResponse,
  type PasskeySignUpInput,
  type PasskeySignUpResponse,
  passkey,
} from './channels/passkey/index.js'
export {
  type PushChallengeInput,
  type PushChallengeResponse,
  type PushChannel,
  type PushDeliveryResult,
  type PushVerifyInput,
  type PushVerifyResponse,
  push,
} from './channels/push.js'
export {
  type ChallengeState,
  type QrCodeChallengeResponse,
  type QrCodeChannel,
  type QrCodeInput,
  type QrCodeVerifyResponse,
  qrCode,
} from './channels/qr-code/index.js'
export type {
  Authenticator,
  ChallengeResponse,
  EnrollResponse,
  VerificationMethod,
  VerifyResponse,
  WebauthnCredential,
} from './channels/responses.js'
export {
  type SecurityKeyChannel,
  type SecurityKeyEnrollOptions,
  type SecurityKeyEnrollResponse,
  type SecurityKeyVerifyResponse,
  securityKey,
} from './channels/security-key.js'
export { type SmsChannel, type SmsEnrollInput, sms } from './channels/sms.js'
export { type EnrollTotpResponse, type TotpChannel, totp } from './channels/totp.js'
export { type WhatsappChannel, whatsapp } from './channels/whatsapp.js'
export {
  type Channel,
  type ChannelsFor,
  type Client,
  type ClientCore,
  createClient,
  extendClient,
} from './client.js'
export type { ChannelContext } from './context.js'
export { type WebSocketQrCodeOptions, type WebSocketQrCodeResponse, Whatsapp } from './deprecated.js'
export {
  type HostedPageOptions,
  type Launch,
  type LaunchOptions,
  launch,
  type PopupLaunchOptions,
  type RedirectLaunchOptions,
  type TokenPayload,
  type WindowLaunchOptions,
} from './launch/index.js'
export { AuthsignalWindowMessage, type AuthsignalWindowMessageData } from './launch/messages.js'
export type { PopupOptions } from './launch/popup.js'
export { type HandleRedirect, handleRedirect } from './launch/redirect.js'
export type { WindowOptions } from './launch/window.js'
export { type PollOptions, poll, type SendPoll, type WaitOptions } from './lib/poll.js'
export type { CallOptions, RequestOptions, SendRequest, Service } from './lib/request.js'
export type { ClientOptions } from './options.js'
export {
  type AuthsignalResponse,
  ErrorCode,
  type Failure,
  type KnownErrorCode,
  type Result,
  type Success,
} from './response.js'
export {
  type UserMessageInput,
  type UserMessageOptions,
  type UserMessageTexts,
  userMessage,
} from './user-message.js'
export { WebAuthnError } from './webauthn-error.js'
