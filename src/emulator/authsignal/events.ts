/**
 * What webhooks report about authenticators and actions (`docs/protocol.md`, "Webhooks").
 */

import { toIso } from '../lib/clock.js'
import type { WebhookQueue } from '../webhooks/webhooks.js'
import type { Action } from './actions.js'
import { hasContact } from './authenticators.js'
import { contactMethod } from './methods.js'
import type { Authenticator } from './users.js'
import { credentialName } from './webauthn/credential-name.js'

type AuthenticatorChange = 'created' | 'updated' | 'deleted'
type ActionChange = 'created' | 'updated'

/** Reports changes to the webhooks that want to know them. */
export interface Events {
  authenticator(change: AuthenticatorChange, authenticator: Authenticator, now: number): void
  action(change: ActionChange, action: Action): void
}

export function createEvents(webhooks: WebhookQueue): Events {
  return {
    authenticator(change, authenticator, now) {
      const event = `authenticator.${change}` as const
      if (!webhooks.isWanted(event)) return
      const deletedAt = change === 'deleted' ? toIso(now) : undefined
      webhooks.emit(event, authenticator.userId, { ...authenticatorData(authenticator), deletedAt })
    },
    action(change, action) {
      const event = `action.${change}` as const
      if (webhooks.isWanted(event)) webhooks.emit(event, action.userId, actionData(action))
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
