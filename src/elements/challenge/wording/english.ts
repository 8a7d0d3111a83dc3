/**
 * Every text of the challenge, in English: the language that is built in. The other languages are in `locales/`.
 *
 * Each part of the challenge has its own texts, so that they load with it. How placeholders such as `{contact}` are
 * filled is in `words.ts`.
 *
 * @module
 */

export { CEREMONIES } from './english/ceremonies.js'
export { CHOOSING } from './english/choosing.js'
export { COMMON } from './english/common.js'
export { ENROLMENT } from './english/enrolment.js'
export {
  EMAIL,
  EMAIL_ML,
  PASSKEY,
  PUSH,
  QR_CODE,
  SECURITY_KEY,
  SMS,
  TOTP,
  WHATSAPP,
} from './english/methods.js'
export { SCANNING } from './english/scanning.js'
export { SETTINGS } from './english/settings.js'
