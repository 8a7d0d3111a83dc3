/**
 * The sentence that a user reads when something did not work.
 *
 * `errorDescription` is for developers. No other export uses this module, so an app that does not import
 * `userMessage` does not bundle its sentences.
 *
 * @module
 */
import { assert } from './options.js'
import { type KnownErrorCode, TRY_AGAIN } from './response.js'

/** The part of a response that `userMessage` reads. Every response that is not a success has one of the codes. */
export type UserMessageInput = {
  /** Of a failure. */
  readonly errorCode?: string | undefined
  /** Of `verify`, when the user is not verified. */
  readonly failureReason?: string | undefined
  /** Seconds to wait before the next attempt, when the server sent it. */
  readonly retryAfter?: number | undefined
}

/**
 * Sentences by code: an `errorCode` or a `failureReason`. `anyOther` is for every code without a sentence. In a
 * sentence `{wait}` becomes the time to wait, such as "in 5 minutes". The texts can be stored as JSON.
 *
 * @example
 * const texts: UserMessageTexts = { popup_closed: 'The payment was not sent. Press Pay to try again.' }
 * show(userMessage(await authsignal.launch(url), { texts }))
 */
export type UserMessageTexts = {
  readonly [Code in
    | KnownErrorCode
    | 'CODE_INVALID_OR_EXPIRED'
    | 'MAX_ATTEMPTS_EXCEEDED'
    | 'anyOther'
    | (string & {})]?: string | undefined
}

/** Your own sentences, and their language. */
export interface UserMessageOptions {
  /** The language of `texts`, a tag such as `"fr"` or `"pt-BR"`. Default `"en"`. */
  readonly lang?: string | undefined
  /**
   * Your own sentences. In English, the built-in ones complete them. In another language, a code that they lack
   * gets their `anyOther`, so that no user reads two languages.
   */
  readonly texts?: UserMessageTexts | undefined
}

const CONNECTION = `You may be offline. ${TRY_AGAIN}`
const LIMIT = 'Too many attempts. Try again {wait}.'
const OTHER_PASSKEY = 'This passkey is not linked to your account. Use a different one.'
const NO_PASSKEY = 'No passkey was found here. Choose another way to continue.'
const CANCELLED = 'You did not finish. Try again.'

/** The user can do nothing about these causes: the app or the tenant is not set up correctly. */
type General =
  | 'token_not_set'
  | 'invalid_token'
  | 'unauthorized'
  | 'invalid_request'
  | 'invalid_configuration'

const ENGLISH = {
  expired_token: 'This took too long. Start again.',
  network_error: CONNECTION,
  too_many_requests: LIMIT,
  invalid_credential: OTHER_PASSKEY,
  unknown_credential: OTHER_PASSKEY,
  credential_not_found: NO_PASSKEY,
  immediate_mediation_not_supported: NO_PASSKEY,
  forbidden: 'You cannot do this here. Go back and start again.',
  not_found: 'This is no longer available. Start again.',
  timeout: 'This took too long. Try again.',
  aborted: CANCELLED,
  invalid_response: CONNECTION,
  server_error: 'The service is not available right now. Try again {wait}.',
  invalid_code: 'Enter the code.',
  popup_closed: CANCELLED,
  popup_blocked: 'Your browser blocked the window. Allow pop-ups for this page, then try again.',
  popup_already_open: 'A window is already open. Continue there, or close it first.',
  window_unreachable: 'The connection to the window was lost. Close it, then try again.',
  launch_failed: 'The page did not open. Try again.',
  CODE_INVALID_OR_EXPIRED: 'That code is wrong or has expired. Check it, or use a new one.',
  MAX_ATTEMPTS_EXCEEDED: 'Too many wrong codes. Try again {wait}.',
  // Descope: a user exists already, there is no such user, a limit.
  E062107: 'You already have an account. Sign in instead.',
  E062108: 'There is no such account. Sign up first.',
  E130429: LIMIT,
  anyOther: 'Something went wrong. Try again in a moment.',
} satisfies Readonly<Record<Exclude<KnownErrorCode, General>, string>> & UserMessageTexts

/** When the server does not say how long to wait, in seconds. */
const USUAL_WAIT = 300

/**
 * Says in one or two plain sentences what went wrong and what to do next, for the user. `errorDescription` is for
 * developers.
 *
 * @param response What a call resolved with, when it is not a success: a failure, or a code that is not right.
 * @param options Your own sentences, and their language. Without them: English.
 * @throws {TypeError} When `lang` is not a language tag, such as `"fr"`.
 *
 * @example
 * const response = await client.sms.verify({ code })
 * if (response.token) await sendToBackend(response.token)
 * else show(userMessage(response))
 *
 * @example
 * const texts: UserMessageTexts = {
 *   CODE_INVALID_OR_EXPIRED: 'Ce code est incorrect ou a expiré. Vérifiez-le ou demandez-en un nouveau.',
 *   too_many_requests: 'Trop de tentatives. Réessayez {wait}.', // Réessayez dans 5 minutes.
 *   anyOther: 'Un problème est survenu. Réessayez dans un instant.',
 * }
 * const response = await client.sms.verify({ code })
 * if (!response.token) show(userMessage(response, { lang: 'fr', texts }))
 */
export function userMessage(response: UserMessageInput, options: UserMessageOptions = {}): string {
  const { errorCode, failureReason, retryAfter = USUAL_WAIT } = response
  const { lang, texts } = options
  // Without texts the sentence is English, whatever the language.
  const language = (texts && lang) || 'en'
  // Without a prototype: a server could send the code "constructor".
  const sentences: UserMessageTexts = Object.assign(
    Object.create(null),
    /^en\b/i.test(language) && ENGLISH,
    texts,
  )
  const text = sentences[errorCode ?? failureReason ?? ''] ?? sentences.anyOther ?? ENGLISH.anyOther
  return text.replace('{wait}', waitingTime(retryAfter, language))
}

/** As in "Try again in 5 minutes". The preposition is included: in many languages it changes the word after it. */
function waitingTime(seconds: number, language: string): string {
  const [count, unit] = seconds < 60 ? ([seconds, 'second'] as const) : ([seconds / 60, 'minute'] as const)
  let format: Intl.RelativeTimeFormat | undefined
  try {
    format = new Intl.RelativeTimeFormat(language)
  } catch {}
  assert(format, '"lang" must be a language tag, such as "fr"')
  return format.format(Math.max(1, Math.ceil(count)), unit)
}
