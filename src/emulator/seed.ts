/**
 * Seeds: the initial state of an emulator, as people write it.
 */

import * as v from 'valibot'
import { OUTCOMES } from './authsignal/actions.js'
import {
  confirm,
  confirmContact,
  makeDefault,
  newContact,
  newRecord,
  preferred,
} from './authsignal/authenticators.js'
import type { Purpose } from './authsignal/challenges.js'
import { ActionCode, Email, Id, PhoneNumber, shortText, userAttributes } from './authsignal/fields.js'
import { type ContactMethodName, contactMethod } from './authsignal/methods.js'
import { Base32, totpOf } from './authsignal/totp-state.js'
import type { Authenticator, User } from './authsignal/users.js'
import { ApiError } from './lib/errors.js'
import { type FaultRule, FaultSchema } from './lib/faults.js'
import { HostedUiSchema, type HostedUiSettings } from './lib/hosted-ui-settings.js'
import { type Path, pathOf, problemOf } from './lib/problem.js'
import { listOf, pathTo } from './lib/state.js'
import { MAX_LOGIN_IDS } from './notp/users.js'
import type { Service } from './service.js'
import type { WebhookSettings } from './webhooks/types.js'
import { WebhookSchema } from './webhooks/webhooks.js'

/**
 * The initial state of an emulator.
 *
 * @example
 * const seed: Seed = {
 *   users: [
 *     { userId: 'jane', phoneNumber: '+64210000001', authenticators: [{ verificationMethod: 'WHATSAPP' }] },
 *   ],
 *   outcomes: { 'view-balance': 'ALLOW' },
 * }
 */
export interface Seed {
  /** The JSON Schema, for editors. Without effect. */
  readonly $schema?: string | undefined
  /** Whether reserved phone numbers and e-mail addresses always do the same. */
  readonly reserved?: boolean | undefined
  /** How the hosted page looks, and what it says. */
  readonly hostedUi?: HostedUiSettings | undefined
  /** The users of the Authsignal API. */
  readonly users?: readonly SeedUser[] | undefined
  /** What track decides, by action. Other actions are challenged. */
  readonly outcomes?: Readonly<Record<string, 'ALLOW' | 'CHALLENGE' | 'REVIEW' | 'BLOCK'>> | undefined
  /** Codes and links that were sent already. They work. */
  readonly messages?: readonly SeedMessage[] | undefined
  /** Faults of requests. */
  readonly faults?: readonly FaultRule[] | undefined
  /** The users of nOTP. */
  readonly notpUsers?: readonly SeedNotpUser[] | undefined
  /** The webhooks. What the seed adds is no event. */
  readonly webhooks?: readonly WebhookSettings[] | undefined
}

/** A user of a {@link Seed}. */
export interface SeedUser {
  readonly userId: string
  readonly email?: string | undefined
  /** Default: whether an authenticator uses the address. */
  readonly emailVerified?: boolean | undefined
  readonly phoneNumber?: string | undefined
  /** Default: whether an authenticator uses the number. */
  readonly phoneNumberVerified?: boolean | undefined
  readonly username?: string | undefined
  readonly displayName?: string | undefined
  readonly custom?: Readonly<Record<string, string | number | boolean>> | undefined
  readonly locale?: string | undefined
  readonly defaultVerificationMethod?: string | undefined
  /** Verified authenticators. */
  readonly authenticators?: readonly SeedAuthenticator[] | undefined
}

/** An authenticator of a {@link SeedUser}. */
export type SeedAuthenticator = {
  /** The ID; random by default. */
  readonly userAuthenticatorId?: string | undefined
  /** Whether it is the user's default. The first one is by default. */
  readonly isDefault?: boolean | undefined
} & (
  | {
      readonly verificationMethod: 'SMS' | 'WHATSAPP'
      /** The user's number by default. */
      readonly phoneNumber?: string | undefined
    }
  | {
      readonly verificationMethod: 'EMAIL_OTP' | 'EMAIL_MAGIC_LINK'
      /** The user's address by default. */
      readonly email?: string | undefined
    }
  | {
      readonly verificationMethod: 'AUTHENTICATOR_APP'
      /** The secret that the app has, in base32. */
      readonly secret: string
    }
  | { readonly verificationMethod: 'PUSH'; readonly deviceName?: string | undefined }
)

/** A code or link of a {@link Seed} that was sent already. */
export type SeedMessage = {
  /** The action that it is for. */
  readonly action: string
  /** The idempotency key of the action; random by default. */
  readonly idempotencyKey?: string | undefined
  /** The user. Without one it is a sign-in of a user who is not known yet. */
  readonly userId?: string | undefined
  /** The ID of the challenge; random by default. */
  readonly challengeId?: string | undefined
} & (
  | {
      readonly verificationMethod: 'SMS' | 'WHATSAPP'
      readonly phoneNumber: string
      /** Six digits; random by default. */
      readonly code?: string | undefined
    }
  | {
      readonly verificationMethod: 'EMAIL_OTP'
      readonly email: string
      /** Six digits; random by default. */
      readonly code?: string | undefined
    }
  | { readonly verificationMethod: 'EMAIL_MAGIC_LINK'; readonly email: string }
)

/** A user of nOTP of a {@link Seed}. */
export interface SeedNotpUser {
  /** The ID; random by default. */
  readonly userId?: string | undefined
  readonly phone: string
  /** The login IDs; the phone number by default. */
  readonly loginIds?: readonly string[] | undefined
  readonly name?: string | undefined
  readonly givenName?: string | undefined
  readonly middleName?: string | undefined
  readonly familyName?: string | undefined
  readonly email?: string | undefined
  /** The IDs of the tenants that the user has signed in to. */
  readonly tenantIds?: readonly string[] | undefined
}

const authenticator = {
  userAuthenticatorId: v.optional(v.pipe(Id, v.description('The ID; random by default.'))),
  isDefault: v.optional(
    v.pipe(v.boolean(), v.description("Whether it is the user's default; the first one is by default.")),
  ),
}

const ownNumber = v.optional(v.pipe(PhoneNumber, v.description("The number; the user's by default.")))
const ownAddress = v.optional(v.pipe(Email, v.description("The address; the user's by default.")))

const AuthenticatorSchema = v.variant('verificationMethod', [
  v.strictObject({
    verificationMethod: v.picklist(['SMS', 'WHATSAPP']),
    phoneNumber: ownNumber,
    ...authenticator,
  }),
  v.strictObject({
    verificationMethod: v.picklist(['EMAIL_OTP', 'EMAIL_MAGIC_LINK']),
    email: ownAddress,
    ...authenticator,
  }),
  v.strictObject({
    verificationMethod: v.literal('AUTHENTICATOR_APP'),
    secret: v.pipe(
      Base32,
      v.description('The secret that the app has, in base32, such as JBSWY3DPEHPK3PXP.'),
    ),
    ...authenticator,
  }),
  v.strictObject({
    verificationMethod: v.literal('PUSH'),
    deviceName: v.optional(shortText),
    ...authenticator,
  }),
])

export const SeedUserSchema = v.pipe(
  v.strictObject({
    userId: Id,
    ...userAttributes,
    phoneNumber: v.optional(PhoneNumber),
    authenticators: v.optional(
      v.pipe(v.array(AuthenticatorSchema), v.maxLength(100), v.description('Verified authenticators.')),
    ),
  }),
  v.rawCheck(({ dataset, addIssue }) => {
    if (!dataset.typed) return
    const { authenticators = [], ...user } = dataset.value
    for (const [index, each] of authenticators.entries()) {
      if (each.verificationMethod === 'AUTHENTICATOR_APP' || each.verificationMethod === 'PUSH') continue
      const field = contactMethod(each.verificationMethod).contact
      const contact = (each as { [Field in typeof field]?: string })[field] ?? user[field]
      if (contact === undefined)
        addIssue({
          message: 'given here or for the user',
          path: pathTo(dataset.value, 'authenticators', index, field),
        })
    }
  }),
)

const message = {
  action: v.pipe(ActionCode, v.description('The action that the code or link is for.')),
  idempotencyKey: v.optional(
    v.pipe(Id, v.description('The idempotency key of the action; random by default.')),
  ),
  userId: v.optional(
    v.pipe(Id, v.description('The user; without one it is a sign-in of a user not known yet.')),
  ),
  challengeId: v.optional(v.pipe(Id, v.description('The ID; random by default.'))),
}

const code = v.optional(
  v.pipe(v.string(), v.regex(/^\d{6}$/, 'six digits'), v.description('The code; random by default.')),
)

const MessageSchema = v.variant('verificationMethod', [
  v.strictObject({
    verificationMethod: v.picklist(['SMS', 'WHATSAPP']),
    phoneNumber: PhoneNumber,
    code,
    ...message,
  }),
  v.strictObject({ verificationMethod: v.literal('EMAIL_OTP'), email: Email, code, ...message }),
  v.strictObject({ verificationMethod: v.literal('EMAIL_MAGIC_LINK'), email: Email, ...message }),
])

const NotpUserSchema = v.strictObject({
  userId: v.optional(v.pipe(Id, v.description('The ID; random by default.'))),
  phone: PhoneNumber,
  loginIds: v.optional(
    v.pipe(
      v.array(Id),
      v.minLength(1),
      v.maxLength(MAX_LOGIN_IDS),
      v.description('The login IDs; the phone number by default.'),
    ),
  ),
  name: v.optional(shortText),
  givenName: v.optional(shortText),
  middleName: v.optional(shortText),
  familyName: v.optional(shortText),
  email: v.optional(Email),
  tenantIds: v.optional(v.pipe(v.array(Id), v.maxLength(20))),
})

/** What a seed must be. `seed.schema.json` is generated from it. */
export const SeedSchema: v.GenericSchema<unknown, Seed> = v.strictObject({
  $schema: v.optional(v.pipe(v.string(), v.description('The JSON Schema, for editors.'))),
  reserved: v.optional(
    v.pipe(
      v.boolean(),
      v.description('Whether reserved phone numbers and e-mail addresses always do the same.'),
    ),
  ),
  hostedUi: v.optional(v.pipe(HostedUiSchema, v.description('How the hosted page looks, and what it says.'))),
  users: v.optional(
    v.pipe(listOf(SeedUserSchema, 'userId'), v.description('The users of the Authsignal API.')),
  ),
  outcomes: v.optional(
    v.pipe(
      v.record(ActionCode, v.picklist(OUTCOMES)),
      v.description('What track decides, by action. Other actions are challenged.'),
    ),
  ),
  messages: v.optional(
    v.pipe(
      listOf(MessageSchema, 'challengeId'),
      v.description('Codes and links that were sent already; they work.'),
    ),
  ),
  faults: v.optional(v.pipe(v.array(FaultSchema), v.maxLength(100), v.description('Faults of requests.'))),
  notpUsers: v.optional(v.pipe(listOf(NotpUserSchema, 'phone'), v.description('The users of nOTP.'))),
  webhooks: v.optional(
    v.pipe(
      v.array(WebhookSchema),
      v.maxLength(100),
      v.description('The webhooks; what the seed adds is no event.'),
    ),
  ),
})

/** Thrown for a seed that is not valid. */
export class SeedError extends TypeError {
  constructor(
    /** What is wrong, without the name of the option. */
    readonly problem: string,
    /** The path of the value, for finding its line. */
    readonly path: Path,
  ) {
    super(`"seed" is not valid: ${problem}`)
  }
}

/** Checks a seed; throws a `SeedError`. */
export function readSeed(seed: unknown): Seed {
  // The schema would take an array for an object without keys.
  if (Array.isArray(seed)) throw new SeedError('The seed must be an object', [])
  const result = v.safeParse(SeedSchema, seed, { abortEarly: true })
  if (result.success) return result.output
  const [issue] = result.issues
  throw new SeedError(problemOf(issue, 'The seed'), pathOf(issue))
}

/** Adds the content of a seed; throws a `SeedError` when it is more than the emulator allows. */
export function applySeed(service: Service, seed: Seed): void {
  const { actions, notp } = service
  for (const rule of seed.faults ?? []) service.faults.faults.add(rule)
  for (const user of seed.users ?? []) addUser(service, user)
  for (const [action, outcome] of Object.entries(seed.outcomes ?? {})) actions.setOutcome(action, outcome)
  for (const [index, each] of (seed.messages ?? []).entries())
    attempt(`messages[${index}]`, ['messages', index], () => sendMessage(service, each))
  for (const [index, { loginIds, phone, tenantIds = [], userId, ...profile }] of (
    seed.notpUsers ?? []
  ).entries()) {
    const [first = phone, ...others] = loginIds ?? []
    const taken = [first, ...others].findIndex(loginId => notp.users.find(loginId) !== undefined)
    if (taken !== -1)
      throw new SeedError(`notpUsers[${index}].loginIds[${taken}] must be unique`, [
        'notpUsers',
        index,
        'loginIds',
        taken,
      ])
    const user = notp.users.create({ userId, loginId: first, phone, profile })
    for (const loginId of others) notp.users.addLoginId(user, loginId)
    for (const tenantId of tenantIds) notp.users.addTenant(user, tenantId)
  }
}

/** The limits of messages apply to a seed, too. */
function attempt(name: string, path: Path, run: () => void) {
  try {
    run()
  } catch (error) {
    if (error instanceof ApiError) throw new SeedError(`${name} is refused: ${error.description}`, path)
    throw error
  }
}

/** Adds a user; throws an `ApiError` when there are more authenticators than the emulator allows. */
export function addUser(service: Service, { authenticators = [], userId, ...attributes }: SeedUser) {
  const user = service.users.ensure(userId)
  Object.assign(user, attributes)
  for (const each of authenticators) {
    const added = addAuthenticator(service, user, each)
    if (each.isDefault) makeDefault(user, added)
  }
  // What the seed says about the user is final: enrolling a contact verifies it.
  Object.assign(user, attributes)
}

function addAuthenticator({ clock, random }: Service, user: User, input: SeedAuthenticator): Authenticator {
  const now = clock.now()
  const { userAuthenticatorId = random.id(), verificationMethod } = input
  const record = newRecord(user, userAuthenticatorId, now)
  switch (verificationMethod) {
    case 'AUTHENTICATOR_APP': {
      const app = { ...record, verificationMethod, totp: totpOf(input.secret) }
      confirm(user, app, now)
      return app
    }
    case 'PUSH': {
      const { deviceName = 'Emulated phone' } = input
      const phone = {
        ...record,
        verificationMethod,
        device: { name: deviceName, platform: 'android' as const },
      }
      confirm(user, phone, now)
      return phone
    }
  }
  // The schema requires one of the two.
  const contact =
    ('email' in input ? input.email : undefined) ?? ('phoneNumber' in input ? input.phoneNumber : undefined)
  const own = contact ?? user[contactMethod(verificationMethod).contact]!
  const added = newContact(user, verificationMethod, own, userAuthenticatorId, now)
  confirmContact(user, added, own, now)
  return added
}

function sendMessage({ actions, challenges, config, random, users }: Service, input: SeedMessage) {
  const { action: actionCode, idempotencyKey = random.id(), userId, challengeId, verificationMethod } = input
  const contact = 'email' in input ? input.email : input.phoneNumber
  const shared = {
    method: contactMethod(verificationMethod),
    contact,
    challengeId,
    code: 'code' in input ? input.code : undefined,
    scopes: [],
    address: config.url,
  }
  if (userId === undefined) {
    challenges.start({ ...shared, actionCode, idempotencyKey, purpose: { kind: 'sign-in' } })
    return
  }
  const purpose = purposeOf(users.ensure(userId), verificationMethod, contact)
  challenges.startFor(actions.ensure({ userId, actionCode, idempotencyKey }), { ...shared, purpose })
}

function purposeOf(user: User, method: ContactMethodName, contact: string): Purpose {
  const own = preferred(user, method)
  return own?.contact === contact
    ? { kind: 'step-up', userAuthenticatorId: own.userAuthenticatorId }
    : { kind: 'contact' }
}
