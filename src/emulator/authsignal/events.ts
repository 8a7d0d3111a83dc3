/**
 * What webhooks report about authenticators, actions and challenges, and the one that decides about verifications
 * (`docs/protocol.md`, "Webhooks").
 */

import { type Clock, toIso } from '../lib/clock.js'
import { verificationRefused } from '../lib/errors.js'
import type { EmulatorConfig } from '../options.js'
import type { WebhookQueue } from '../webhooks/webhooks.js'
import type { Action, ActionEvents } from './actions.js'
import { hasContact } from './authenticators.js'
import { type ContactMethodName, contactMethod } from './methods.js'
import type { Authenticator, SmsChannel } from './users.js'
import { credentialName } from './webauthn/credential-name.js'

type AuthenticatorChange = 'created' | 'updated' | 'deleted'

/** What the log says about a code or link. */
type ChallengeResult =
  | 'SENT'
  | 'SEND_DOWNSTREAM_FAILED'
  | 'RATE_LIMIT_EXCEEDED'
  | 'CODE_VALID'
  | 'CODE_INVALID_OR_EXPIRED'
  | 'MAX_ATTEMPTS_EXCEEDED'

/** What the log has of a challenge, also of one that was not sent. */
export interface LoggedChallenge {
  readonly userId?: string | undefined
  readonly actionCode: string
  readonly idempotencyKey: string
  readonly method: ContactMethodName
  readonly smsChannel?: SmsChannel | undefined
  readonly contact: string
}

/** Reports changes to the webhooks that want to know them. */
export interface Events extends ActionEvents {
  authenticator(change: AuthenticatorChange, authenticator: Authenticator, now: number): void
  /** @param statusCode The status that the provider of messages has returned. */
  challenge(result: ChallengeResult, challenge: LoggedChallenge, statusCode?: number | undefined): void
}

interface Parts {
  readonly config: EmulatorConfig
  readonly clock: Clock
  readonly webhooks: WebhookQueue
}

export function createEvents({ config: { tenantId }, clock, webhooks }: Parts): Events {
  return {
    authenticator(change, authenticator, now) {
      webhooks.emit(`authenticator.${change}`, authenticator.userId, () => ({
        ...authenticatorData(authenticator),
        ...(change === 'deleted' && { deletedAt: toIso(now) }),
      }))
    },
    action(change, action) {
      webhooks.emit(`action.${change}`, action.userId, () => actionData(action))
      webhooks.emit('action.log_created', action.userId, () => ({
        tenantId,
        ...actionData(action),
        ...trackedData(action),
      }))
    },
    challenge(result, challenge, statusCode) {
      const { userId, actionCode, idempotencyKey, method, contact } = challenge
      webhooks.emit('challenge.log_created', userId, () => ({
        tenantId,
        userId,
        actionCode,
        idempotencyKey,
        createdAt: toIso(clock.now()),
        type: logType(result, challenge),
        verificationMethod: method,
        [contactMethod(method).contact]: contact,
        statusCode,
      }))
    },
    async verify({ userId, actionCode, idempotencyKey }) {
      const isPermitted = await webhooks.deliver('action.verify', userId, () => ({
        userId,
        actionCode,
        idempotencyKey,
        verifiedAt: toIso(clock.now()),
        state: 'CHALLENGE_SUCCEEDED',
      }))
      if (!isPermitted) throw verificationRefused()
    },
  }
}

function authenticatorData(authenticator: Authenticator) {
  const { userId, userAuthenticatorId, verificationMethod, createdAt } = authenticator
  const record = { userId, userAuthenticatorId, verificationMethod, createdAt: toIso(createdAt) }
  if (hasContact(authenticator))
    return { ...record, [contactMethod(authenticator.verificationMethod).contact]: authenticator.contact }
  if (!('credential' in authenticator)) return record
  const { id, aaguid } = authenticator.credential
  return { ...record, credentialId: id, aaguid, credentialName: credentialName(authenticator.credential) }
}

function actionData(action: Action) {
  const { userId, actionCode, idempotencyKey, state, outcome, verificationMethod } = action
  return {
    userId,
    actionCode,
    idempotencyKey,
    state,
    outcome,
    verificationMethod,
    createdAt: toIso(action.createdAt),
    updatedAt: toIso(action.updatedAt),
    stateUpdatedAt: toIso(action.stateUpdatedAt),
  }
}

const trackedData = ({ details: { email, phoneNumber, ipAddress } }: Action) => ({
  rules: [],
  email,
  phoneNumber,
  ipAddress,
})

/** Upstream's types for e-mail lack the word "CODE". */
function logType(result: ChallengeResult, { method, smsChannel }: LoggedChallenge) {
  if (contactMethod(method).channel === 'EMAIL') return `${method}_${result.replace('CODE_', '')}`
  return `${smsChannel === 'WHATSAPP' ? 'WHATSAPP' : method}_${result}`
}
