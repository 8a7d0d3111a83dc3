/**
 * Codes and links: sending them, and what happens when a code is typed or a link followed.
 *
 * All of it is synchronous. Nothing else runs between checking a code and using it up, so that of any
 * number of simultaneous attempts one succeeds.
 */

import { type Clock, toIso } from '../lib/clock.js'
import { tooManyRequests } from '../lib/errors.js'
import type { Inbox } from '../lib/inbox.js'
import type { Limits } from '../lib/limits.js'
import { equalSecrets, newCode, newId, randomHex } from '../lib/secrets.js'
import { type EmulatorConfig, lifetimeMs } from '../options.js'
import type { Actions } from './actions.js'
import { confirmContact, mayAdd, newContact, permittedChange, withContact } from './authenticators.js'
import {
  type ContactMethod,
  contactMethod,
  type Limit,
  type MessageChannel,
  type OtpMethod,
} from './methods.js'
import type { Scope } from './scopes.js'
import type {
  Action,
  Authenticator,
  Challenge,
  ContactAuthenticator,
  Purpose,
  SmsChannel,
  Store,
  User,
} from './store.js'

export interface SendInput {
  readonly method: ContactMethod
  readonly contact: string
  readonly smsChannel?: SmsChannel | undefined
  readonly scopes: readonly Scope[]
  readonly purpose: Purpose
  /** Where the request came in, which a link leads back to. */
  readonly origin: string
}

export interface ChallengeInput extends SendInput {
  readonly actionCode: string
  readonly idempotencyKey: string
  readonly userId?: string | undefined
}

export type Verdict =
  | { readonly isVerified: true; readonly enrolled?: Authenticator | undefined }
  | {
      readonly isVerified: false
      readonly failureReason: 'CODE_INVALID_OR_EXPIRED' | 'MAX_ATTEMPTS_EXCEEDED'
    }

/** What following a link would come to. */
export type LinkState = 'open' | 'used' | 'expired' | 'unknown'

export interface Challenges {
  /** Sends a code or link; throws `too_many_requests`. */
  start(input: ChallengeInput): Challenge
  /** Sends a code or link for a tracked action; what was sent before it by the same method is dead. */
  startFor(action: Action, input: SendInput): Challenge
  /** Sends a new code for the same challenge; the old one is dead. Throws `too_many_requests`. */
  resend(challenge: Challenge): void
  /**
   * Checks a code. The attempt counts against `subject`, also when there is no challenge at all, so that a
   * caller cannot tell one case from the other.
   */
  verify(challenge: Challenge | undefined, method: OtpMethod, subject: string, code: string): Verdict
  linkState(challenge: Challenge | undefined, secret: string): LinkState
  /** Follows a link; the answer is what its state was. */
  follow(challenge: Challenge | undefined, secret: string): LinkState
}

/** Nobody types it, so it can be too long to be guessed. */
const LINK_SECRET_BYTES = 16

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
  const take = (use: string, method: ContactMethod, subject: string, limit: Limit) =>
    limits.take(JSON.stringify([use, method.name, subject]), limit).retryAfter

  function countSend(method: ContactMethod, subject: string) {
    const retryAfter = take('send', method, subject, method.sends)
    if (retryAfter !== undefined) throw tooManyRequests(retryAfter)
  }

  function deliver(challenge: Challenge, code: string) {
    const { challengeId, method, smsChannel, contact, userId, actionCode, origin } = challenge
    const channel = smsChannel === 'WHATSAPP' ? 'WHATSAPP' : contactMethod(method).channel
    const content = isLink(challenge) ? { url: `${origin}/magic-link/${challengeId}/${code}` } : { code }
    inbox.deliver({
      id: newId(),
      channel,
      to: contact,
      ...content,
      body: 'url' in content ? linkText(content.url, config) : codeText(channel, code, config),
      challengeId,
      ...(userId !== undefined && { userId }),
      actionCode,
      createdAt: toIso(clock.now()),
    })
  }

  /** Whether it may still do what it was sent for: much can have happened to the user since. */
  function isLive({ purpose, scopes, userId, contact, expiresAt }: Challenge) {
    if (expiresAt <= clock.now()) return false
    if (purpose.kind === 'sign-in' || purpose.kind === 'contact') return true
    const user = store.users.get(userId!)
    if (!user?.authenticators.includes(purpose.authenticator)) return false
    if (purpose.kind === 'step-up') return purpose.authenticator.contact === contact
    return purpose.kind === 'replace' || mayAdd(user, scopes)
  }

  /** Uses the challenge up, and writes down what it proves. */
  function settle(challenge: Challenge) {
    delete challenge.code
    challenge.verifiedAt = clock.now()
    const { userId, actionCode, idempotencyKey, method } = challenge
    if (userId === undefined) return undefined
    const { authenticator, enrolled } = record(challenge, userId)
    const action = actions.ensure({ userId, actionCode, idempotencyKey })
    actions.complete(action, method, authenticator?.userAuthenticatorId)
    if (!enrolled || authenticator === undefined) return undefined
    challenge.enrolled = authenticator
    return authenticator
  }

  function record(challenge: Challenge, userId: string) {
    const { purpose, method, contact, smsChannel } = challenge
    if (purpose.kind === 'sign-in') return { enrolled: false }
    const user = store.ensureUser(userId)
    const known = purpose.kind === 'contact' ? withContact(user, method, contact) : purpose.authenticator
    const authenticator = known ?? permitted(user, challenge)
    if (authenticator === undefined) return { enrolled: false }
    confirmContact(user, authenticator, contact, clock.now())
    if (smsChannel !== undefined) authenticator.previousSmsChannel = smsChannel
    const enrolled = purpose.kind === 'add' || purpose.kind === 'replace' || known === undefined
    return { authenticator, enrolled }
  }

  /** The authenticator that the scopes let a new contact be written to, if they do. */
  function permitted(user: User, { method, contact, scopes }: Challenge): ContactAuthenticator | undefined {
    const change = permittedChange(user, method, contact, scopes)
    if (change?.kind === 'add') return newContact(user, method, contact, clock.now())
    return change?.authenticator
  }

  function start({ method, ...input }: ChallengeInput): Challenge {
    const subject = input.userId ?? input.contact
    countSend(method, subject)
    const code = method.name === 'EMAIL_MAGIC_LINK' ? randomHex(LINK_SECRET_BYTES) : newCode()
    const expiresAt = clock.now() + lifetimeMs(config)
    const challenge = { ...input, challengeId: newId(), method: method.name, subject, code, expiresAt }
    store.challenges.set(challenge.challengeId, challenge)
    deliver(challenge, code)
    return challenge
  }

  function linkState(challenge: Challenge | undefined, secret: string): LinkState {
    if (challenge === undefined || !isLink(challenge)) return 'unknown'
    if (challenge.verifiedAt !== undefined) return 'used'
    if (challenge.code === undefined || !isLive(challenge)) return 'expired'
    return equalSecrets(secret, challenge.code) ? 'open' : 'unknown'
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
      countSend(contactMethod(challenge.method), challenge.subject)
      challenge.code = newCode()
      challenge.expiresAt = clock.now() + lifetimeMs(config)
      deliver(challenge, challenge.code)
    },
    verify(challenge, method, subject, code) {
      if (take('verify', method, subject, method.verifies) !== undefined)
        return { isVerified: false, failureReason: 'MAX_ATTEMPTS_EXCEEDED' }
      if (challenge?.code === undefined || !isLive(challenge) || !equalSecrets(code, challenge.code))
        return { isVerified: false, failureReason: 'CODE_INVALID_OR_EXPIRED' }
      return { isVerified: true, enrolled: settle(challenge) }
    },
    linkState,
    follow(challenge, secret) {
      const state = linkState(challenge, secret)
      if (state === 'open' && challenge !== undefined) settle(challenge)
      return state
    },
  }
}

const isLink = ({ method }: Challenge) => method === 'EMAIL_MAGIC_LINK'

function codeText(channel: MessageChannel, code: string, config: EmulatorConfig) {
  const sentence = `${code} is your verification code for ${config.tenantId}.`
  const text = `${sentence} ${note(config)}`
  return channel === 'EMAIL' ? `Subject: ${sentence}\n\n${text}` : text
}

function linkText(url: string, config: EmulatorConfig) {
  const sentence = `Confirm that it is you, for ${config.tenantId}.`
  return `Subject: ${sentence}\n\n${sentence} Open this link:\n${url}\n\n${note(config)}`
}

const note = ({ tokenDurationInMinutes }: EmulatorConfig) =>
  `It expires in ${tokenDurationInMinutes} minutes. Do not share it with anyone.`
