/**
 * What an app names: a method, with its channel, and the flows and screens to verify with it.
 *
 * @module
 */
import {
  type Channel,
  email as emailChannel,
  emailML as emailMLChannel,
  push as pushChannel,
  sms as smsChannel,
  totp as totpChannel,
  type VerificationMethod,
  whatsapp as whatsappChannel,
} from 'authsignal-channels'
import { ceremonies, scanning } from './extensions/on-demand.js'
import { enterCode, waitElsewhere } from './flows/prove.js'
import type { Flows } from './flows/stage.js'
import * as catalogue from './methods/catalogue.js'
import type { Method } from './methods/kinds.js'
import { EnterCode } from './screens/enter-code.js'
import type { Views } from './screens/views.js'
import { WaitElsewhere } from './screens/wait-elsewhere.js'

/**
 * A method with its screens, for `defineChallenge()`: one of `sms`, `whatsapp`, `email`, `emailML`, `totp`, `passkey`,
 * `securityKey`, `push` and `qrCode`.
 */
export interface ChallengeMethod {
  /** Its name in the API, such as `"WHATSAPP"`. */
  readonly id: VerificationMethod
}

/** What is behind it. */
export interface MethodParts extends ChallengeMethod {
  readonly method: Method
  /** Those that are not loaded with its screen. */
  readonly channels: Readonly<Record<string, Channel>>
  readonly needs: Part
  /** Whether it is offered only where a page names it. */
  readonly isOnlyIfNamed?: true
}

/** One way to verify, with its screen. */
interface Part {
  readonly flows: Partial<Flows>
  readonly views: Partial<Views>
}

const CODE: Part = { flows: { code: enterCode }, views: { code: EnterCode } }
const WAIT: Part = { flows: { wait: waitElsewhere }, views: { wait: WaitElsewhere } }
const SCAN: Part = {
  flows: {
    scan: (stage, ...input) => void stage.open(scanning, ({ scanCode }) => scanCode(stage, ...input)),
  },
  views: {},
}
const CEREMONY: Part = {
  flows: {
    ceremony: (stage, ...input) =>
      void stage.open(ceremonies, ({ runCeremony }) => runCeremony(stage, ...input)),
  },
  views: {},
}

/** A code by text message. */
export const sms = {
  id: 'SMS',
  method: catalogue.sms,
  channels: { sms: smsChannel },
  needs: CODE,
} satisfies MethodParts as ChallengeMethod

/** A code by WhatsApp. */
export const whatsapp = {
  id: 'WHATSAPP',
  method: catalogue.whatsapp,
  channels: { whatsapp: whatsappChannel },
  needs: CODE,
} satisfies MethodParts as ChallengeMethod

/** A code by e-mail. */
export const email = {
  id: 'EMAIL_OTP',
  method: catalogue.email,
  channels: { email: emailChannel },
  needs: CODE,
} satisfies MethodParts as ChallengeMethod

/** A link by e-mail. */
export const emailML = {
  id: 'EMAIL_MAGIC_LINK',
  method: catalogue.emailML,
  channels: { emailML: emailMLChannel },
  needs: WAIT,
} satisfies MethodParts as ChallengeMethod

/** A code of an authenticator app. */
export const totp = {
  id: 'AUTHENTICATOR_APP',
  method: catalogue.totp,
  channels: { totp: totpChannel },
  needs: CODE,
} satisfies MethodParts as ChallengeMethod

/** A passkey. */
export const passkey = {
  id: 'PASSKEY',
  method: catalogue.passkey,
  channels: {},
  needs: CEREMONY,
} satisfies MethodParts as ChallengeMethod

/** A hardware key. */
export const securityKey = {
  id: 'SECURITY_KEY',
  method: catalogue.securityKey,
  channels: {},
  needs: CEREMONY,
} satisfies MethodParts as ChallengeMethod

/** An approval on the user's phone. */
export const push = {
  id: 'PUSH',
  method: catalogue.push,
  channels: { push: pushChannel },
  needs: WAIT,
} satisfies MethodParts as ChallengeMethod

/**
 * A QR code that the user scans with your app, on a phone that is signed in. Offer it if your users have that app: the
 * service does not say which of them have it.
 */
export const qrCode = {
  id: 'DEVICE',
  method: catalogue.qrCode,
  channels: {},
  needs: SCAN,
} satisfies MethodParts as ChallengeMethod

/** The same method, offered only where a page names it. */
export const onlyIfNamed = (method: ChallengeMethod) =>
  ({ ...(method as MethodParts), isOnlyIfNamed: true }) satisfies MethodParts as ChallengeMethod

/** The methods that are offered where a page names none. */
export const offeredByDefault = (methods: readonly ChallengeMethod[]): readonly ChallengeMethod[] =>
  methods.filter(method => !(method as MethodParts).isOnlyIfNamed)

/** What the methods of an app bring together. The screens that every app has are in `screens/challenge.tsx`. */
export function combine(methods: readonly ChallengeMethod[]) {
  const all = methods as readonly MethodParts[]
  const needs = all.map(each => each.needs)
  return {
    methods: all.map(({ method }) => method),
    channels: Object.assign({}, ...all.map(({ channels }) => channels)) as Readonly<Record<string, Channel>>,
    // The kinds that no method is of are never used.
    flows: Object.assign({}, ...needs.map(({ flows }) => flows)) as Flows,
    views: Object.assign({}, ...needs.map(({ views }) => views)) as Partial<Views>,
  }
}
