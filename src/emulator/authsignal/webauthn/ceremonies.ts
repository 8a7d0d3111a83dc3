/**
 * WebAuthn ceremonies, for passkeys and security keys: the options that an authenticator gets, and checking and
 * using its response.
 *
 * A ceremony is found by its random challenge, which is part of the signed response, so nothing else has to
 * relate the two. Checking a response is asynchronous; afterwards all conditions are checked again before
 * anything changes.
 */

import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/server'
import * as v from 'valibot'
import { encodeBase64Url } from '../../lib/base64.js'
import { BoundedMap, type Records } from '../../lib/bounded-map.js'
import type { Clock } from '../../lib/clock.js'
import { invalidCredential, notFound, unknownCredential } from '../../lib/errors.js'
import type { Random } from '../../lib/random.js'
import { listOf, maybe, type Schemas, Text, Time } from '../../lib/state.js'
import { type EmulatorConfig, lifetimeMs } from '../../options.js'
import type { Action, Actions } from '../actions.js'
import { newRecord, requireMayAdd, verifiedOf } from '../authenticators.js'
import type { Enrolments } from '../enrolments.js'
import { ActionCode, Id } from '../fields.js'
import type { CredentialMethod } from '../methods.js'
import { requireReadScope } from '../scopes.js'
import type { Caller } from '../tokens.js'
import type { Authenticator, CredentialAuthenticator, User, Users } from '../users.js'
import { type AuthenticationResponse, type RegistrationResponse, readClientData } from './responses.js'
import { ALGORITHMS, verifyAssertion, verifyRegistration } from './verifier.js'

/** The action of a sign-in whose user is not known yet. */
interface NamedAction {
  readonly actionCode: string
  readonly idempotencyKey: string
  readonly expiresAt: number
}

/** A ceremony without a response so far. */
export interface Ceremony {
  readonly kind: 'registration' | 'assertion'
  readonly challengeId: string
  /** The random bytes that the authenticator signs, as base64url. */
  readonly challenge: string
  readonly method: CredentialMethod
  /** The action of the token it was started with; none while no user is known. */
  readonly actionId?: string | undefined
  readonly named?: NamedAction | undefined
  /** The browser it was started in, when that browser has a cookie. */
  readonly cookieId?: string | undefined
  readonly username?: string | undefined
  readonly displayName?: string | undefined
  readonly expiresAt: number
}

interface CeremoniesState {
  readonly ceremonies: readonly Ceremony[]
  readonly namedActions: readonly (NamedAction & { readonly challengeId: string })[]
}

export interface Ceremonies extends Records<CeremoniesState> {
  /** Names the action of a sign-in whose user is not known yet; returns its challenge ID. */
  nameAction(actionCode: string, idempotencyKey: string | undefined): string
  /** The options for `navigator.credentials.create()`; throws `forbidden`. */
  registrationOptions(
    caller: Caller,
    method: CredentialMethod,
    input: RegistrationInput,
  ): { readonly challengeId: string; readonly options: PublicKeyCredentialCreationOptionsJSON }
  /** Verifies and stores a new credential; throws `invalid_credential` or `forbidden`. */
  register(
    caller: Caller,
    method: CredentialMethod,
    response: RegistrationResponse,
    details: RegistrationDetails,
  ): Promise<CredentialAuthenticator>
  /** The options for `navigator.credentials.get()`; throws `not_found` or `forbidden`. */
  assertionOptions(
    caller: Caller | undefined,
    method: CredentialMethod,
    input: AssertionInput,
  ): { readonly challengeId: string; readonly options: PublicKeyCredentialRequestOptionsJSON }
  /** Verifies an assertion and completes the action; throws `unknown_credential`, `invalid_credential` or `forbidden`. */
  authenticate(
    caller: Caller | undefined,
    method: CredentialMethod,
    response: AuthenticationResponse,
    details: ResponseDetails,
  ): Promise<Authenticated>
}

interface RegistrationInput {
  readonly username?: string | undefined
  readonly displayName?: string | undefined
  readonly attachment?: AuthenticatorAttachment | undefined
  readonly cookieId?: string | undefined
}

interface AssertionInput {
  /** The challenge ID of the action that was named before. */
  readonly challengeId?: string | undefined
  readonly cookieId?: string | undefined
}

/** What a client sends in addition to the response of the authenticator. */
interface ResponseDetails {
  readonly challengeId?: string | undefined
  readonly cookieId?: string | undefined
  readonly deviceId?: string | undefined
}

interface RegistrationDetails extends ResponseDetails {
  /** Conditional create: the browser created the passkey after another sign-in, without a prompt. */
  readonly isConditional?: boolean | undefined
  readonly userAgent?: string | undefined
}

interface Authenticated {
  readonly user: User
  readonly action: Action
  readonly authenticator: CredentialAuthenticator
  /** The cookie of the browser that started the ceremony. */
  readonly cookieId: string | undefined
}

interface Rules {
  readonly residentKey: ResidentKeyRequirement
  readonly userVerification: UserVerificationRequirement
}

// A passkey is two factors and works without a user name; a security key is one further factor.
const RULES: Record<CredentialMethod, Rules> = {
  PASSKEY: { residentKey: 'required', userVerification: 'required' },
  SECURITY_KEY: { residentKey: 'discouraged', userVerification: 'discouraged' },
}

/** The action of a passkey sign-in that names none. Upstream does not document its name. */
const DEFAULT_ACTION = 'signInWithPasskey'

const CHALLENGE_BYTES = 32
const USER_HANDLE_BYTES = 32
const TIMEOUT_MS = 60_000

const CAPACITY = 5_000

const NamedActionState = v.strictObject({ actionCode: ActionCode, idempotencyKey: Id, expiresAt: Time })

const schema: Schemas<CeremoniesState> = {
  ceremonies: listOf(
    v.strictObject({
      kind: v.picklist(['registration', 'assertion']),
      challengeId: Id,
      challenge: Text,
      method: v.picklist(['PASSKEY', 'SECURITY_KEY']),
      actionId: maybe(Id),
      named: maybe(NamedActionState),
      cookieId: maybe(Id),
      username: maybe(Text),
      displayName: maybe(Text),
      expiresAt: Time,
    }),
    'challenge',
  ),
  namedActions: listOf(v.strictObject({ ...NamedActionState.entries, challengeId: Id }), 'challengeId'),
}

interface Parts {
  readonly config: EmulatorConfig
  readonly clock: Clock
  readonly random: Random
  readonly users: Users
  readonly actions: Actions
  readonly enrolments: Enrolments
}

export function createCeremonies({ config, clock, random, users, actions, enrolments }: Parts): Ceremonies {
  /** By WebAuthn challenge. */
  const ceremonies = new BoundedMap<string, Ceremony>(CAPACITY)
  /** By challenge ID. */
  const namedActions = new BoundedMap<string, NamedAction>(CAPACITY)

  function start(details: Omit<Ceremony, 'challenge' | 'expiresAt'>): Ceremony {
    const challenge = random.base64Url(CHALLENGE_BYTES)
    const ceremony = { ...details, challenge, expiresAt: clock.now() + lifetimeMs(config) }
    ceremonies.set(challenge, ceremony)
    return ceremony
  }

  /** The ceremony of a response; throws unless it is the caller's. */
  function find(
    kind: Ceremony['kind'],
    caller: Caller | undefined,
    method: CredentialMethod,
    clientDataJSON: string,
    { challengeId, cookieId }: ResponseDetails,
  ): Ceremony {
    const challenge = readClientData(clientDataJSON)?.challenge
    const ceremony = challenge === undefined ? undefined : ceremonies.get(challenge)
    const isTheirs =
      ceremony?.kind === kind &&
      ceremony.method === method &&
      ceremony.expiresAt > clock.now() &&
      ceremony.actionId === caller?.action.id &&
      (challengeId === undefined || ceremony.challengeId === challengeId) &&
      (ceremony.cookieId === undefined || ceremony.cookieId === cookieId)
    if (!isTheirs) throw invalidCredential('The response belongs to no open challenge.')
    return ceremony
  }

  /** Closes the ceremony. Of several simultaneous responses one passes. */
  function close({ challenge }: Ceremony) {
    if (!ceremonies.delete(challenge)) throw invalidCredential('The response belongs to no open challenge.')
  }

  function ownerOf(credentialId: string, method: CredentialMethod) {
    for (const user of users.all()) {
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
    nameAction(actionCode, idempotencyKey = random.id()) {
      const challengeId = random.id()
      const expiresAt = clock.now() + lifetimeMs(config)
      namedActions.set(challengeId, { actionCode, idempotencyKey, expiresAt })
      return challengeId
    },

    registrationOptions(caller, method, { username, displayName, attachment, cookieId }) {
      requireMayAdd(caller.user, caller.scopes)
      const { user, action } = caller
      user.handle ??= random.base64Url(USER_HANDLE_BYTES)
      const name = username ?? user.username ?? user.email ?? user.phoneNumber ?? user.userId
      const shownName = displayName ?? user.displayName ?? name
      const { challengeId, challenge } = start({
        kind: 'registration',
        challengeId: random.id(),
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

    async register(caller, method, response, details) {
      requireMayAdd(caller.user, caller.scopes)
      const ceremony = find('registration', caller, method, response.response.clientDataJSON, details)
      const { isConditional = false, userAgent, deviceId = random.id() } = details
      const registration = await verifyRegistration(config, response, {
        challenge: ceremony.challenge,
        isUserVerified: RULES[method].userVerification === 'required' && !isConditional,
        isUserPresent: !isConditional,
      })
      const requireNew = () => {
        if (registration === undefined || isRegistered(registration.credential.id))
          throw invalidCredential('The credential could not be registered.')
        return registration
      }
      requireNew()
      await actions.permit(caller.action)
      const { aaguid, credential, credentialDeviceType, credentialBackedUp } = requireNew()
      const user = currentUser(users, caller)
      requireMayAdd(user, caller.scopes)
      close(ceremony)

      const attachment = response.authenticatorAttachment
      const authenticator: CredentialAuthenticator = {
        ...newRecord(user, random.id(), clock.now()),
        verificationMethod: method,
        ...(method === 'PASSKEY' && { username: ceremony.username, displayName: ceremony.displayName }),
        credential: {
          id: credential.id,
          publicKey: encodeBase64Url(credential.publicKey),
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
      enrolments.confirm(user, authenticator)
      actions.complete(caller.action, method, authenticator.userAuthenticatorId, details.deviceId)
      return authenticator
    },

    assertionOptions(caller, method, { challengeId, cookieId }) {
      if (caller !== undefined) requireReadScope(caller.scopes)
      const named = challengeId === undefined ? undefined : namedActions.get(challengeId)
      if (challengeId !== undefined && (named === undefined || named.expiresAt <= clock.now()))
        throw notFound('challenge')
      const ceremony = start({
        kind: 'assertion',
        challengeId: challengeId ?? random.id(),
        method,
        actionId: caller?.action.id,
        named,
        cookieId,
      })
      const options = {
        challenge: ceremony.challenge,
        rpId: config.rpId,
        // Anonymous callers get no credential list: it would reveal who owns which passkey.
        allowCredentials: caller === undefined ? [] : descriptors(caller.user, method),
        timeout: TIMEOUT_MS,
        userVerification: RULES[method].userVerification,
      }
      return { challengeId: ceremony.challengeId, options }
    },

    async authenticate(caller, method, response, details) {
      if (caller !== undefined) requireReadScope(caller.scopes)
      const owner = ownerOf(response.id, method)
      if (owner === undefined) throw unknownCredential()
      const { user, authenticator } = owner
      const { credential } = authenticator
      const isTheirs = caller === undefined || caller.user === user
      const { userHandle } = response.response
      if (!isTheirs || (userHandle !== undefined && userHandle !== user.handle))
        throw invalidCredential('The credential belongs to another user.')
      const ceremony = find('assertion', caller, method, response.response.clientDataJSON, details)

      const assertion = await verifyAssertion(config, response, credential, {
        challenge: ceremony.challenge,
        isUserVerified: RULES[method].userVerification === 'required',
      })
      const requireCurrent = () => {
        const isCurrent =
          assertion !== undefined &&
          users.find(user.userId) === user &&
          user.authenticators.includes(authenticator as Authenticator) &&
          (assertion.newCounter > credential.counter || assertion.newCounter === 0)
        if (!isCurrent) throw invalidCredential('The response is not one of this credential.')
        return assertion
      }
      requireCurrent()
      const { userId } = user
      const { actionCode = DEFAULT_ACTION, idempotencyKey = random.id() } = ceremony.named ?? {}
      const action = caller?.action ?? actions.ensure({ userId, actionCode, idempotencyKey })
      await actions.permit(action)
      const { newCounter, credentialBackedUp } = requireCurrent()
      close(ceremony)

      credential.counter = newCounter
      credential.isBackedUp = credentialBackedUp
      if (details.deviceId !== undefined) credential.deviceId = details.deviceId
      enrolments.confirm(user, authenticator)
      actions.complete(action, method, authenticator.userAuthenticatorId, details.deviceId)
      return { user, action, authenticator, cookieId: ceremony.cookieId }
    },

    get size() {
      return ceremonies.size + namedActions.size
    },
    sweep() {
      const now = clock.now()
      for (const records of [ceremonies, namedActions])
        records.deleteWhere(({ expiresAt }) => expiresAt <= now)
    },
    clear() {
      ceremonies.clear()
      namedActions.clear()
    },
    schema,
    save: () => ({
      ceremonies: [...ceremonies.values()],
      namedActions: Array.from(namedActions, ([challengeId, named]) => ({ ...named, challengeId })),
    }),
    load(state) {
      ceremonies.replace(state.ceremonies.map(each => [each.challenge, each]))
      namedActions.replace(state.namedActions.map(({ challengeId, ...named }) => [challengeId, named]))
    },
  }
}

/** The caller's user; throws when the user was deleted since the call began. */
function currentUser(users: Users, { user }: Caller): User {
  if (users.find(user.userId) !== user) throw invalidCredential('The user does not exist any more.')
  return user
}
