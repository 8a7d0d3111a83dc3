/**
 * One-time codes: sending them, and what happens when one is typed.
 *
 * All of it is synchronous. Nothing else runs between checking a code and using it up, so that of any
 * number of simultaneous attempts one succeeds.
 */

import type { Actions } from './actions.js'
import { confirm, isEnrolled, newAuthenticator, permittedChange, withContact } from './authenticators.js'
import { type Clock, toIso } from './clock.js'
import { tooManyRequests } from './errors.js'
import type { Inbox } from './inbox.js'
import type { Limits } from './limits.js'
import { type Limit, type MessageChannel, type OtpMethod, otpMethod } from './methods.js'
import { type EmulatorConfig, lifetimeMs } from './options.js'
import type { Scope } from './scopes.js'
import { equalSecrets, newCode, newId } from './secrets.js'
import type { Action, Authenticator, Challenge, Purpose, SmsChannel, Store, User } from './store.js'

export interface CodeInput {
  readonly method: OtpMethod
  readonly contact: string
  readonly smsChannel?: SmsChannel | undefined
  readonly scopes: readonly Scope[]
  readonly purpose: Purpose
}

export interface ChallengeInput extends CodeInput {
  readonly actionCode: string
  readonly idempotencyKey: string
  readonly userId?: string | undefined
}

export type Verdict =
  | {
      readonly isVerified: true
      readonly challenge: Challenge
      readonly enrolled?: Authenticator | undefined
    }
  | {
      readonly isVerified: false
      readonly failureReason: 'CODE_INVALID_OR_EXPIRED' | 'MAX_ATTEMPTS_EXCEEDED'
    }

export interface Challenges {
  /** Sends a code; throws `too_many_requests`. */
  start(input: ChallengeInput): Challenge
  /** Sends a code for a tracked action; the code sent before it by the same method is dead. */
  startFor(action: Action, input: CodeInput): Challenge
  /** Sends a new code for the same challenge; the old one is dead. Throws `too_many_requests`. */
  resend(challenge: Challenge): void
  /**
   * Checks a code. The attempt counts against `subject`, also when there is no challenge at all, so that a
   * caller cannot tell one case from the other.
   */
  verify(challenge: Challenge | undefined, method: OtpMethod, subject: string, code: string): Verdict
}

interface Parts {
  readonly config: EmulatorConfig
  readonly clock: Clock
  readonly store: Store
  readonly limits: Limits
  readonly inbox: Inbox
  readonly actions: Actions
}

export function createChallenges({ config, clock, store, limits, inbox, actions }: Parts): Challenges {
  /** Counts a use. CHOOSE: per user, or contact while no user is known, and method; contract 7. */
  const take = (use: string, method: OtpMethod, subject: string, limit: Limit) =>
    limits.take(JSON.stringify([use, method.name, subject]), limit).retryAfter

  function countSend(method: OtpMethod, subject: string) {
    const retryAfter = take('send', method, subject, method.sends)
    if (retryAfter !== undefined) throw tooManyRequests(retryAfter)
  }

  function deliver(challenge: Challenge, code: string) {
    const { challengeId, method, smsChannel, contact, userId, actionCode } = challenge
    const channel = smsChannel === 'WHATSAPP' ? 'WHATSAPP' : otpMethod(method).channel
    const body = text(channel, code, config)
    inbox.deliver({
      id: newId(),
      channel,
      to: contact,
      code,
      body,
      challengeId,
      ...(userId !== undefined && { userId }),
      actionCode,
      createdAt: toIso(clock.now()),
    })
  }

  /** Whether the code may still do what it was sent for: much can have happened to the user since. */
  function isLive({ purpose, scopes, userId, contact, expiresAt }: Challenge) {
    if (expiresAt <= clock.now()) return false
    if (purpose.kind === 'sign-in' || purpose.kind === 'contact') return true
    const user = store.users.get(userId!)
    if (!user?.authenticators.includes(purpose.authenticator)) return false
    if (purpose.kind === 'step-up') return purpose.authenticator.contact === contact
    return purpose.kind === 'replace' || !isEnrolled(user) || scopes.includes('add:authenticators')
  }

  /** Writes down what a right code proves. */
  function settle(challenge: Challenge) {
    const { userId, actionCode, idempotencyKey, method } = challenge
    if (userId === undefined) return undefined
    const { authenticator, enrolled } = record(challenge, userId)
    const action = actions.ensure({ userId, actionCode, idempotencyKey })
    actions.complete(action, method, authenticator?.userAuthenticatorId)
    return enrolled ? authenticator : undefined
  }

  function record(challenge: Challenge, userId: string) {
    const { purpose, method, contact, smsChannel } = challenge
    if (purpose.kind === 'sign-in') return { enrolled: false }
    const user = store.ensureUser(userId)
    const known = purpose.kind === 'contact' ? withContact(user, method, contact) : purpose.authenticator
    const authenticator = known ?? permitted(user, challenge)
    if (authenticator === undefined) return { enrolled: false }
    confirm(user, authenticator, contact, clock.now())
    if (smsChannel !== undefined) authenticator.previousSmsChannel = smsChannel
    const enrolled = purpose.kind === 'add' || purpose.kind === 'replace' || known === undefined
    return { authenticator, enrolled }
  }

  /** The authenticator that the scopes let a new contact be written to, if they do. */
  function permitted(user: User, { method, contact, scopes }: Challenge) {
    const change = permittedChange(user, method, contact, scopes)
    if (change?.kind === 'add') return newAuthenticator(user, method, contact, clock.now())
    return change?.authenticator
  }

  function start({ method, ...input }: ChallengeInput): Challenge {
    const subject = input.userId ?? input.contact
    countSend(method, subject)
    const code = newCode()
    const expiresAt = clock.now() + lifetimeMs(config)
    const challenge = { ...input, challengeId: newId(), method: method.name, subject, code, expiresAt }
    store.challenges.set(challenge.challengeId, challenge)
    deliver(challenge, code)
    return challenge
  }

  return {
    start,
    startFor(action, input) {
      const { actionCode, idempotencyKey, userId, current } = action
      const challenge = start({ ...input, actionCode, idempotencyKey, userId })
      delete current.get(challenge.method)?.code
      current.set(challenge.method, challenge)
      return challenge
    },
    resend(challenge) {
      countSend(otpMethod(challenge.method), challenge.subject)
      challenge.code = newCode()
      challenge.expiresAt = clock.now() + lifetimeMs(config)
      deliver(challenge, challenge.code)
    },
    verify(challenge, method, subject, code) {
      if (take('verify', method, subject, method.verifies) !== undefined)
        return { isVerified: false, failureReason: 'MAX_ATTEMPTS_EXCEEDED' }
      if (challenge?.code === undefined || !isLive(challenge) || !equalSecrets(code, challenge.code))
        return { isVerified: false, failureReason: 'CODE_INVALID_OR_EXPIRED' }
      delete challenge.code
      challenge.verifiedAt = clock.now()
      return { isVerified: true, challenge, enrolled: settle(challenge) }
    },
  }
}

function text(channel: MessageChannel, code: string, { tenantId, tokenDurationInMinutes }: EmulatorConfig) {
  const sentence = `${code} is your verification code for ${tenantId}.`
  const note = `It expires in ${tokenDurationInMinutes} minutes. Do not share it with anyone.`
  return channel === 'EMAIL' ? `Subject: ${sentence}\n\n${sentence} ${note}` : `${sentence} ${note}`
}
