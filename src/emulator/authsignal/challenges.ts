/**
 * Challenges by message: sending codes and links, and verifying them. The resend limit is applied here.
 *
 * Nothing runs between checking a code and taking it away, so of several simultaneous attempts one succeeds.
 */

import * as v from 'valibot'
import { BoundedMap, type Records } from '../lib/bounded-map.js'
import { type Clock, toIso } from '../lib/clock.js'
import { deliveryFailed, tooManyRequests } from '../lib/errors.js'
import type { Inbox, Message, MessageChannel } from '../lib/inbox.js'
import type { Limit, Limits } from '../lib/limits.js'
import type { Random } from '../lib/random.js'
import { equalSecrets } from '../lib/secrets.js'
import { listOf, maybe, type Schemas, Text, Time } from '../lib/state.js'
import { type EmulatorConfig, lifetimeMs } from '../options.js'
import type { Action, Actions } from './actions.js'
import { contactAuthenticator, mayAdd, newContact, permittedChange, withContact } from './authenticators.js'
import type { Enrolments } from './enrolments.js'
import type { Events, LoggedChallenge } from './events.js'
import { ActionCode, Id, SmsChannel as SmsChannelName } from './fields.js'
import {
  CONTACT_METHOD_NAMES,
  type ContactMethod,
  type ContactMethodName,
  contactMethod,
  type OtpMethod,
} from './methods.js'
import { behaviourOf, DELAY_MS, FIXED_CODE, RETRY_AFTER_SECONDS } from './reserved.js'
import { ALL_SCOPES, type Scope } from './scopes.js'
import type { Authenticator, ContactAuthenticator, SmsChannel, User, Users } from './users.js'

/** What a verified challenge does, besides completing the action. */
export type Purpose =
  /** Nothing. The user is not known yet. */
  | { readonly kind: 'sign-in' }
  /** Verifies a verified authenticator again. */
  | { readonly kind: 'step-up'; readonly userAuthenticatorId: string }
  /** Enrols an authenticator that is not verified yet. */
  | { readonly kind: 'add'; readonly userAuthenticatorId: string }
  /** Changes the contact of a verified authenticator. */
  | { readonly kind: 'replace'; readonly userAuthenticatorId: string }
  /** Enrols a contact that the backend named, if the scopes allow it. */
  | { readonly kind: 'contact' }

/** A code or link that was sent. */
export interface Challenge {
  readonly challengeId: string
  readonly actionCode: string
  readonly idempotencyKey: string
  readonly method: ContactMethodName
  readonly smsChannel?: SmsChannel | undefined
  /** The phone number or e-mail address it was sent to. */
  readonly contact: string
  readonly scopes: readonly Scope[]
  /** What the limits count by: the user ID, or the contact while no user is known. */
  readonly subject: string
  readonly purpose: Purpose
  /** The address of the tenant, which the link points to. */
  readonly address: string
  /** What the backend knows about the browser of the user. */
  readonly userAgent?: string | undefined
  readonly ipAddress?: string | undefined
  userId?: string | undefined
  /** The code, or the secret of the link. Deleted once it was used. */
  code?: string
  expiresAt: number
  verifiedAt?: number
  /** The ID of the authenticator that it enrolled. */
  enrolledId?: string
}

export interface SendInput {
  readonly method: ContactMethod
  readonly contact: string
  readonly smsChannel?: SmsChannel | undefined
  readonly scopes: readonly Scope[]
  readonly purpose: Purpose
  /** The address of the tenant, which the link points to. */
  readonly address: string
  /** The ID; random by default. */
  readonly challengeId?: string | undefined
  /** The code; random by default. */
  readonly code?: string | undefined
}

export interface ChallengeInput extends SendInput {
  readonly actionCode: string
  readonly idempotencyKey: string
  readonly userId?: string | undefined
  readonly userAgent?: string | undefined
  readonly ipAddress?: string | undefined
}

export type Verdict =
  | { readonly isVerified: true; readonly enrolled?: Authenticator | undefined }
  | { readonly isVerified: false; readonly failureReason: FailureReason }

type FailureReason = 'CODE_INVALID_OR_EXPIRED' | 'MAX_ATTEMPTS_EXCEEDED'

/** Whether the code or link that was sent last for a challenge still works, or why it does not. */
export type CodeState = 'valid' | 'used' | 'replaced' | 'expired'

/** What opening a link leads to. */
export type LinkState = 'open' | 'used' | 'expired' | 'unknown'

interface ChallengesState {
  readonly challenges: readonly Challenge[]
}

export interface Challenges extends Records<ChallengesState> {
  find(challengeId: string): Challenge | undefined
  /** All challenges, oldest first. */
  all(): Challenge[]
  /** The latest challenge of an action by one method. A client's verify call is about this one. */
  latestOf(action: Action, method: ContactMethodName): Challenge | undefined
  /** Sends a code or link; throws `too_many_requests`. */
  start(input: ChallengeInput): Challenge
  /** Sends a code or link for a tracked action. The latest one by the same method is no longer valid. */
  startFor(action: Action, input: SendInput): Challenge
  /** Sends a new code for the same challenge. The old code is no longer valid. Throws `too_many_requests`. */
  resend(challenge: Challenge): void
  /**
   * Verifies a code. The attempt counts for `subject` also when there is no challenge, so that a caller cannot
   * tell the two cases apart. Rejects when a webhook refuses; the code then works again.
   */
  verify(challenge: Challenge | undefined, method: OtpMethod, subject: string, code: string): Promise<Verdict>
  /** A challenge that is no longer known has expired. */
  codeState(challenge: Challenge | undefined): CodeState
  linkState(challenge: Challenge | undefined, secret: string): LinkState
  /** Verifies the challenge of a link; returns the state of the link before. Rejects when a webhook refuses. */
  follow(challenge: Challenge | undefined, secret: string): Promise<LinkState>
}

/** Long enough that it cannot be guessed. */
const LINK_SECRET_BYTES = 16

const CAPACITY = 20_000

/** An expired challenge is kept this long, so that a link can say that it has expired. */
const RETENTION_MS = 60 * 60_000

const schema: Schemas<ChallengesState> = {
  challenges: listOf(
    v.strictObject({
      challengeId: Id,
      actionCode: ActionCode,
      idempotencyKey: Id,
      method: v.picklist(CONTACT_METHOD_NAMES),
      smsChannel: maybe(SmsChannelName),
      contact: Text,
      scopes: v.array(v.picklist(ALL_SCOPES)),
      subject: Text,
      purpose: v.variant('kind', [
        v.strictObject({ kind: v.picklist(['sign-in', 'contact']) }),
        v.strictObject({ kind: v.picklist(['step-up', 'add', 'replace']), userAuthenticatorId: Id }),
      ]),
      address: Text,
      userAgent: maybe(Text),
      ipAddress: maybe(Text),
      userId: maybe(Id),
      code: maybe(Text),
      expiresAt: Time,
      verifiedAt: maybe(Time),
      enrolledId: maybe(Id),
    }),
    'challengeId',
  ),
}

interface Parts {
  readonly config: EmulatorConfig
  readonly clock: Clock
  readonly random: Random
  readonly users: Users
  readonly limits: Limits
  readonly inbox: Inbox
  readonly actions: Actions
  readonly enrolments: Enrolments
  readonly events: Events
}

export function createChallenges({
  config,
  clock,
  random,
  users,
  limits,
  inbox,
  actions,
  enrolments,
  events,
}: Parts): Challenges {
  const challenges = new BoundedMap<string, Challenge>(CAPACITY)

  /** Counts one use per method and subject; returns the seconds to wait when the limit is reached. */
  const take = (use: string, method: ContactMethod, subject: string, limit: Limit) =>
    limits.take(JSON.stringify([use, method.name, subject]), limit).retryAfter

  const behaviour = (contact: string) => (config.reserved ? behaviourOf(contact) : undefined)

  const newCode = (contact: string) => (behaviour(contact) === 'fixed' ? FIXED_CODE : random.code())

  function countSend(method: ContactMethod, subject: string, challenge: LoggedChallenge) {
    const { contact } = challenge
    if (behaviour(contact) === 'refused') {
      events.challenge('SEND_DOWNSTREAM_FAILED', challenge)
      throw deliveryFailed()
    }
    const isLimited = behaviour(contact) === 'limited'
    const retryAfter = isLimited ? RETRY_AFTER_SECONDS : take('send', method, subject, method.sends)
    if (retryAfter === undefined) return
    events.challenge('RATE_LIMIT_EXCEEDED', challenge)
    throw tooManyRequests(retryAfter)
  }

  function deliver(challenge: Challenge, code: string) {
    const { challengeId, method, smsChannel, contact, userId, actionCode, address } = challenge
    const channel = smsChannel === 'WHATSAPP' ? 'WHATSAPP' : contactMethod(method).channel
    if (behaviour(contact) === 'lost') return
    const content = isLink(challenge) ? { url: `${address}/magic-link/${challengeId}/${code}` } : { code }
    const message: Message = {
      id: random.id(),
      channel,
      to: contact,
      ...content,
      body: 'url' in content ? linkText(content.url, config) : codeText(channel, code, config),
      challengeId,
      ...(userId !== undefined && { userId }),
      actionCode,
      createdAt: toIso(clock.now()),
    }
    inbox.deliver(message, behaviour(contact) === 'late' ? DELAY_MS : 0)
  }

  /** Whether it can still be verified: the user and the authenticators may have changed since it was sent. */
  function isValid({ purpose, scopes, userId, contact, expiresAt }: Challenge) {
    if (expiresAt <= clock.now()) return false
    if (purpose.kind === 'sign-in' || purpose.kind === 'contact') return true
    const user = users.find(userId!)
    if (user === undefined) return false
    const authenticator = contactAuthenticator(user, purpose.userAuthenticatorId)
    if (authenticator === undefined) return false
    if (purpose.kind === 'step-up') return authenticator.contact === contact
    return purpose.kind === 'replace' || mayAdd(user, scopes)
  }

  /** Marks the challenge as verified and records the result; returns the authenticator that it enrolled. */
  async function complete(challenge: Challenge) {
    const { code, userId, actionCode, idempotencyKey, method } = challenge
    delete challenge.code
    if (userId === undefined) {
      challenge.verifiedAt = clock.now()
      events.challenge('CODE_VALID', challenge)
      return undefined
    }
    const action = actions.ensure({ userId, actionCode, idempotencyKey })
    try {
      await actions.permit(action)
    } catch (error) {
      // Unless a new code was sent meanwhile.
      const latest = latestOf(action, method) ?? challenge
      if (latest === challenge) challenge.code ??= code!
      throw error
    }
    challenge.verifiedAt = clock.now()
    events.challenge('CODE_VALID', challenge)
    const recorded = record(challenge, userId)
    actions.complete(action, method, recorded?.authenticator.userAuthenticatorId)
    if (!recorded?.isEnrolled) return undefined
    challenge.enrolledId = recorded.authenticator.userAuthenticatorId
    return recorded.authenticator
  }

  /** Records what the challenge was for; `undefined` when no authenticator has been verified by it. */
  function record(challenge: Challenge, userId: string) {
    const { purpose, method, contact, smsChannel } = challenge
    if (purpose.kind === 'sign-in') return undefined
    const user = users.ensure(userId)
    const known =
      purpose.kind === 'contact'
        ? withContact(user, method, contact)
        : contactAuthenticator(user, purpose.userAuthenticatorId)
    const authenticator = known ?? permitted(user, challenge)
    if (authenticator === undefined) return undefined
    enrolments.confirmContact(user, authenticator, contact)
    if (smsChannel !== undefined) authenticator.previousSmsChannel = smsChannel
    const isEnrolled = purpose.kind === 'add' || purpose.kind === 'replace' || known === undefined
    return { authenticator, isEnrolled }
  }

  /** The authenticator that a new contact is written to; `undefined` when the scopes allow none. */
  function permitted(user: User, { method, contact, scopes }: Challenge): ContactAuthenticator | undefined {
    const change = permittedChange(user, method, contact, scopes)
    if (change?.kind === 'add') return newContact(user, method, contact, random.id(), clock.now())
    return change?.authenticator
  }

  function latestOf({ latestChallenges }: Action, method: ContactMethodName) {
    const challengeId = latestChallenges?.[method]
    return challengeId === undefined ? undefined : challenges.get(challengeId)
  }

  function start(input: ChallengeInput): Challenge {
    const { method, contact, userId, actionCode, idempotencyKey, smsChannel } = input
    const subject = userId ?? contact
    countSend(method, subject, {
      userId,
      actionCode,
      idempotencyKey,
      method: method.name,
      smsChannel,
      contact,
    })
    const isForLink = method.name === 'EMAIL_MAGIC_LINK'
    const code = input.code ?? (isForLink ? random.hex(LINK_SECRET_BYTES) : newCode(contact))
    // One field after the other: the engine gives each copy by a spread a hidden class of its own, which takes as much
    // memory as the challenge.
    const challenge: Challenge = {
      challengeId: input.challengeId ?? random.id(),
      actionCode,
      idempotencyKey,
      method: method.name,
      smsChannel,
      contact,
      scopes: input.scopes,
      subject,
      purpose: input.purpose,
      address: input.address,
      userAgent: input.userAgent,
      ipAddress: input.ipAddress,
      userId,
      code,
      expiresAt: clock.now() + lifetimeMs(config),
    }
    challenges.set(challenge.challengeId, challenge)
    deliver(challenge, code)
    return challenge
  }

  function codeState(challenge: Challenge | undefined): CodeState {
    if (challenge?.verifiedAt !== undefined) return 'used'
    if (challenge !== undefined && challenge.code === undefined) return 'replaced'
    return challenge !== undefined && isValid(challenge) ? 'valid' : 'expired'
  }

  function linkState(challenge: Challenge | undefined, secret: string): LinkState {
    if (challenge === undefined || !isLink(challenge)) return 'unknown'
    const state = codeState(challenge)
    if (state === 'used') return 'used'
    if (state !== 'valid') return 'expired'
    return equalSecrets(secret, challenge.code!) ? 'open' : 'unknown'
  }

  function failure(challenge: Challenge | undefined, failureReason: FailureReason): Verdict {
    if (challenge !== undefined) events.challenge(failureReason, challenge)
    return { isVerified: false, failureReason }
  }

  return {
    find: challengeId => challenges.get(challengeId),
    all: () => [...challenges.values()],
    latestOf,
    start,
    startFor(action, input) {
      const { actionCode, idempotencyKey, userId } = action
      const { userAgent, ipAddress } = action.details
      const challenge = start({ ...input, actionCode, idempotencyKey, userId, userAgent, ipAddress })
      delete latestOf(action, challenge.method)?.code
      action.latestChallenges = { ...action.latestChallenges, [challenge.method]: challenge.challengeId }
      return challenge
    },
    resend(challenge) {
      countSend(contactMethod(challenge.method), challenge.subject, challenge)
      challenge.code = newCode(challenge.contact)
      challenge.expiresAt = clock.now() + lifetimeMs(config)
      deliver(challenge, challenge.code)
    },
    async verify(challenge, method, subject, code) {
      if (take('verify', method, subject, method.verifies) !== undefined)
        return failure(challenge, 'MAX_ATTEMPTS_EXCEEDED')
      if (challenge?.code === undefined || !isValid(challenge) || !equalSecrets(code, challenge.code))
        return failure(challenge, 'CODE_INVALID_OR_EXPIRED')
      return { isVerified: true, enrolled: await complete(challenge) }
    },
    codeState,
    linkState,
    async follow(challenge, secret) {
      const state = linkState(challenge, secret)
      if (state === 'open') await complete(challenge!)
      else if (state === 'expired') events.challenge('CODE_INVALID_OR_EXPIRED', challenge!)
      return state
    },
    get size() {
      return challenges.size
    },
    forgetUser: id => challenges.deleteWhere(({ userId }) => userId === id),
    sweep: () => challenges.deleteWhere(({ expiresAt }) => expiresAt + RETENTION_MS <= clock.now()),
    clear: () => challenges.clear(),
    schema,
    save: () => ({ challenges: [...challenges.values()] }),
    load: state => challenges.replace(state.challenges.map(each => [each.challengeId, each])),
  }
}

const isLink = ({ method }: Challenge) => method === 'EMAIL_MAGIC_LINK'

function codeText(channel: MessageChannel, code: string, config: EmulatorConfig) {
  const sentence = `${code} is your verification code for ${config.tenantId}.`
  const text = `${sentence} ${note(config)}`
  if (channel === 'EMAIL') return `Subject: ${sentence}\n\n${text}`
  return channel === 'SMS' ? `${text}\n\n${originBound(code, config)}` : text
}

/**
 * The last line of a text message, by which a phone offers the code on pages of this domain only.
 *
 * @see https://wicg.github.io/sms-one-time-codes/
 */
const originBound = (code: string, { rpId }: EmulatorConfig) => `@${rpId} #${code}`

function linkText(url: string, config: EmulatorConfig) {
  const sentence = `Confirm that it is you, for ${config.tenantId}.`
  return `Subject: ${sentence}\n\n${sentence} Open this link:\n${url}\n\n${note(config)}`
}

const note = ({ tokenDurationInMinutes }: EmulatorConfig) =>
  `It expires in ${tokenDurationInMinutes} minutes. Do not share it with anyone.`
