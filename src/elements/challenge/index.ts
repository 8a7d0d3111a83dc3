/**
 * `<authsignal-challenge>` with the methods that an app names: `authsignal-channels/elements/challenge`. Importing this
 * registers nothing.
 *
 * @module
 */
export { type DefineChallengeOptions, defineChallenge } from './define.js'
export {
  AuthsignalChallengeElement,
  type ChallengeCancelDetail,
  type ChallengeElementEventMap,
  type ChallengeErrorDetail,
  type ChallengeStepDetail,
  type ChallengeSuccessDetail,
} from './element.js'
export type { ChallengeElementAttributes } from './jsx.js'
export {
  type ChallengeMethod,
  email,
  emailML,
  passkey,
  push,
  qrCode,
  securityKey,
  sms,
  totp,
  whatsapp,
} from './parts.js'
export type { SharedClient } from './session.js'
export type { Brand, Theme } from './theme/appearance.js'
export type { Catalogue, ChallengeMessages, MessageKey, PluralForms } from './wording/catalogue.js'
export { addLanguage, languages } from './wording/languages.js'
