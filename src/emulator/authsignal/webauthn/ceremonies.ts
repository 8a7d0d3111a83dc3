/**
 * Passkeys and security keys: what an authenticator is asked to sign, and what its answer does.
 *
 * A ceremony is found by what was signed, which nobody can guess, so it needs no other correlation. Checking an
 * answer takes time; what it checked is looked at again before anything is written.
 */

import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/server'
import type { AuthenticationResponse, RegistrationResponse } from '../../http/fields.js'
import type { Clock } from '../../lib/clock.js'
import { invalidCredential, notFound, unknownCredential } from '../../lib/errors.js'
import { newId, randomBase64Url } from '../../lib/secrets.js'
import { type EmulatorConfig, lifetimeMs } from '../../options.js'
import type { Actions } from '../actions.js'
import { confirm, newRecord, requireMayAdd, verifiedOf } from '../authenticators.js'
import { requireReadScope } from '../scopes.js'
import type {
  Action,
  Authenticator,
  Ceremony,
  CredentialAuthenticator,
  CredentialMethod,
  Store,
  User,
} from '../store.js'
import type { Caller } from '../tokens.js'
import { ALGORITHMS, readClientData, verifyAssertion, verifyRegistration } from './verifier.js'

export interface Ceremonies {
  /** Names the action of a sign-in whose user is not known yet; answers the ID it is referred to by. */
  nameAction(actionCode: string, idempotencyKey: string | undefined): string
  /** What `navigator.credentials.create` is given; throws `forbidden`. */
  registrationOptions(
    caller: Caller,
    method: CredentialMethod,
    input: RegistrationInput,
  ): { readonly challengeId: string; readonly options: PublicKeyCredentialCreationOptionsJSON }
  /** Writes a new credential down; throws `invalid_credential` or `forbidden`. */
  register(
    caller: Caller,
    method: CredentialMethod,
    response: RegistrationResponse,
    answer: RegistrationAnswer,
  ): Promise<CredentialAuthenticator>
  /** What `navigator.credentials.get` is given; throws `not_found` or `forbidden`. */
  assertionOptions(
    caller: Caller | undefined,
    method: CredentialMethod,
    input: AssertionInput,
  ): { readonly challengeId: string; readonly options: PublicKeyCredentialRequestOptionsJSON }
  /** Completes an action; throws `unknown_credential`, `invalid_credential` or `forbidden`. */
  authenticate(
    caller: Caller | undefined,
    method: CredentialMethod,
    response: AuthenticationResponse,
    answer: Answer,
  ): Promise<Authenticated>
}

interface RegistrationInput {
  readonly username?: string | undefined
  readonly displayName?: string | undefined
  readonly attachment?: AuthenticatorAttachment | undefined
  readonly cookieId?: string | undefined
}

interface AssertionInput {
  /** The action that was named before. */
  readonly challengeId?: string | undefined
  readonly cookieId?: string | undefined
}

interface Answer {
  readonly challengeId?: string | undefined
  readonly cookieId?: string | undefined
  readonly deviceId?: string | undefined
}

interface RegistrationAnswer extends Answer {
  /** The browser made the passkey by itself, after another sign-in, without asking the user. */
  readonly isConditional?: boolean | undefined
  readonly userAgent?: string | undefined
}

interface Authenticated {
  readonly user: User
  readonly action: Action
  readonly authenticator: CredentialAuthenticator
  /** The cookie that the ceremony was bound to. */
  readonly cookieId: string | undefined
}

interface Rules {
  readonly residentKey: ResidentKeyRequirement
  readonly userVerification: UserVerificationRequirement
}

// CHOOSE: a passkey is two factors and can be found without a user name, a security key adds one to others.
const RULES: Record<CredentialMethod, Rules> = {
  PASSKEY: { residentKey: 'required', userVerification: 'required' },
  SECURITY_KEY: { residentKey: 'discouraged', userVerification: 'discouraged' },
}

// CHOOSE: contract 3.8.
const DEFAULT_ACTION = 'signInWithPasskey'

const CHALLENGE_BYTES = 32
const USER_HANDLE_BYTES = 32
const TIMEOUT_MS = 60_000

interface Parts {
  readonly config: EmulatorConfig
  readonly clock: Clock
  readonly store: Store
  readonly actions: Actions
}

export function createCeremonies({ config, clock, store, actions }: Parts): Ceremonies {
  function start(details: Omit<Ceremony, 'challenge' | 'expiresAt'>): Ceremony {
    const challenge = randomBase64Url(CHALLENGE_BYTES)
    const ceremony = { ...details, challenge, expiresAt: clock.now() + lifetimeMs(config) }
    store.ceremonies.set(challenge, ceremony)
    return ceremony
  }

  /** The ceremony that a response answers, when it is the caller's. */
  function find(
    kind: Ceremony['kind'],
    caller: Caller | undefined,
    method: CredentialMethod,
    clientDataJSON: string,
    { challengeId, cookieId }: Answer,
  ): Ceremony {
    const challenge = readClientData(clientDataJSON)?.challenge
    const ceremony = challenge === undefined ? undefined : store.ceremonies.get(challenge)
    const isTheirs =
      ceremony?.kind === kind &&
      ceremony.method === method &&
      ceremony.expiresAt > clock.now() &&
      ceremony.actionId === caller?.action.id &&
      (challengeId === undefined || ceremony.challengeId === challengeId) &&
      (ceremony.cookieId === undefined || ceremony.cookieId === cookieId)
    if (!isTheirs) throw invalidCredential('The response does not answer a challenge that is open.')
    return ceremony
  }

  /** Of any number of simultaneous answers one gets past here. */
  function spend({ challenge }: Ceremony) {
    if (!store.ceremonies.delete(challenge))
      throw invalidCredential('The response does not answer a challenge that is open.')
  }

  function ownerOf(credentialId: string, method: CredentialMethod) {
    for (const user of store.users.values()) {
      const authenticator = verifiedOf(user, method).find(({ credential }) => credential.id === credentialId)
      if (authenticator !== undefined) return { user, authenticator }
    }
    return undefined
  }

  function isRegistered(credentialId: string) {
    return (
      ownerOf(credentialId, 'PASSKEY') !== undefined || ownerOf(credentialId, 'SECURITY_KEY') !== undefined
    )
  }

  const descriptors = (user: User, method: CredentialMethod) =>
    verifiedOf(user, method).map(({ credential: { id, transports } }) => ({
      id,
      type: 'public-key' as const,
      ...(transports.length > 0 && { transports: [...transports] }),
    }))

  return {
    nameAction(actionCode, idempotencyKey = newId()) {
      const challengeId = newId()
      const expiresAt = clock.now() + lifetimeMs(config)
      store.namedActions.set(challengeId, { actionCode, idempotencyKey, expiresAt })
      return challengeId
    },

    registrationOptions(caller, method, { username, displayName, attachment, cookieId }) {
      requireMayAdd(caller.user, caller.scopes)
      const { user, action } = caller
      user.handle ??= randomBase64Url(USER_HANDLE_BYTES)
      const name = username ?? user.username ?? user.email ?? user.phoneNumber ?? user.userId
      const shownName = displayName ?? user.displayName ?? name
      const { challengeId, challenge } = start({
        kind: 'registration',
        challengeId: newId(),
        method,
        actionId: action.id,
        username: name,
        displayName: shownName,
        cookieId,
      })
      const { residentKey, userVerification } = RULES[method]
      const options: PublicKeyCredentialCreationOptionsJSON = {
        challenge,
        rp: { id: config.rpId, name: config.tenantId },
        user: { id: user.handle, name, displayName: shownName },
        pubKeyCredParams: ALGORITHMS.map(alg => ({ alg, type: 'public-key' })),
        timeout: TIMEOUT_MS,
        excludeCredentials: descriptors(user, method),
        authenticatorSelection: {
          residentKey,
          requireResidentKey: residentKey === 'required',
          userVerification,
          ...(attachment !== undefined && { authenticatorAttachment: attachment }),
        },
        attestation: 'none',
        extensions: { credProps: true },
      }
      return { challengeId, options }
    },

    async register(caller, method, response, answer) {
      requireMayAdd(caller.user, caller.scopes)
      const ceremony = find('registration', caller, method, response.response.clientDataJSON, answer)
      const { isConditional = false, userAgent, deviceId = newId() } = answer
      const registration = await verifyRegistration(config, response, {
        challenge: ceremony.challenge,
        isUserVerified: RULES[method].userVerification === 'required' && !isConditional,
        isUserPresent: !isConditional,
      })
      if (registration === undefined || isRegistered(registration.credential.id))
        throw invalidCredential('The credential could not be registered.')
      const user = currentUser(store, caller)
      requireMayAdd(user, caller.scopes)
      spend(ceremony)

      const { aaguid, credential, credentialDeviceType, credentialBackedUp } = registration
      const attachment = response.authenticatorAttachment
      const now = clock.now()
      const authenticator: CredentialAuthenticator = {
        ...newRecord(user, now),
        verificationMethod: method,
        ...(method === 'PASSKEY' && { username: ceremony.username, displayName: ceremony.displayName }),
        credential: {
          id: credential.id,
          publicKey: credential.publicKey,
          counter: credential.counter,
          transports: response.response.transports ?? [],
          aaguid,
          deviceType: credentialDeviceType,
          isBackedUp: credentialBackedUp,
          attachment,
          deviceId,
          userAgent,
        },
      }
      confirm(user, authenticator, now)
      actions.complete(caller.action, method, authenticator.userAuthenticatorId, answer.deviceId)
      return authenticator
    },

    assertionOptions(caller, method, { challengeId, cookieId }) {
      if (caller !== undefined) requireReadScope(caller.scopes)
      const named = challengeId === undefined ? undefined : store.namedActions.get(challengeId)
      if (challengeId !== undefined && (named === undefined || named.expiresAt <= clock.now()))
        throw notFound('challenge')
      const ceremony = start({
        kind: 'assertion',
        challengeId: challengeId ?? newId(),
        method,
        actionId: caller?.action.id,
        named,
        cookieId,
      })
      const options = {
        challenge: ceremony.challenge,
        rpId: config.rpId,
        // Whose passkeys those are is nobody's business who does not say who they are.
        allowCredentials: caller === undefined ? [] : descriptors(caller.user, method),
        timeout: TIMEOUT_MS,
        userVerification: RULES[method].userVerification,
      }
      return { challengeId: ceremony.challengeId, options }
    },

    async authenticate(caller, method, response, answer) {
      if (caller !== undefined) requireReadScope(caller.scopes)
      const owner = ownerOf(response.id, method)
      if (owner === undefined) throw unknownCredential()
      const { user, authenticator } = owner
      const { credential } = authenticator
      const isTheirs = caller === undefined || caller.user === user
      const { userHandle } = response.response
      if (!isTheirs || (userHandle !== undefined && userHandle !== user.handle))
        throw invalidCredential('The credential belongs to another user.')
      const ceremony = find('assertion', caller, method, response.response.clientDataJSON, answer)

      const assertion = await verifyAssertion(config, response, credential, {
        challenge: ceremony.challenge,
        isUserVerified: RULES[method].userVerification === 'required',
      })
      const isCurrent =
        assertion !== undefined &&
        store.users.get(user.userId) === user &&
        user.authenticators.includes(authenticator as Authenticator) &&
        (assertion.newCounter > credential.counter || assertion.newCounter === 0)
      if (!isCurrent) throw invalidCredential('The response is not one of this credential.')
      spend(ceremony)

      credential.counter = assertion.newCounter
      credential.isBackedUp = assertion.credentialBackedUp
      if (answer.deviceId !== undefined) credential.deviceId = answer.deviceId
      confirm(user, authenticator, clock.now())
      const { userId } = user
      const { actionCode = DEFAULT_ACTION, idempotencyKey = newId() } = ceremony.named ?? {}
      const action = caller?.action ?? actions.ensure({ userId, actionCode, idempotencyKey })
      actions.complete(action, method, authenticator.userAuthenticatorId, answer.deviceId)
      return { user, action, authenticator, cookieId: ceremony.cookieId }
    },
  }
}

/** The caller's user, unless they were deleted since the call began. */
function currentUser(store: Store, { user }: Caller): User {
  if (store.users.get(user.userId) !== user) throw invalidCredential('The user does not exist any more.')
  return user
}
