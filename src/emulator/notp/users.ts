/**
 * The users of nOTP, found by their login IDs.
 */

import * as v from 'valibot'
import { Id, PhoneNumber } from '../authsignal/fields.js'
import { BoundedMap, type Records } from '../lib/bounded-map.js'
import { type Clock, toSeconds } from '../lib/clock.js'
import type { Random } from '../lib/random.js'
import { listOf, maybe, type Schemas, Text, Time } from '../lib/state.js'

/** What a sign-up may say about a user. */
export interface Profile {
  readonly name?: string | undefined
  readonly givenName?: string | undefined
  readonly middleName?: string | undefined
  readonly familyName?: string | undefined
  readonly email?: string | undefined
}

export interface NotpUser {
  readonly userId: string
  /** Only `addLoginId` changes it. */
  readonly loginIds: string[]
  readonly profile: Profile
  readonly createdAt: number
  /** Always verified: a message came from it. */
  phone: string
  /** The IDs of the tenants that the user has signed in to. */
  readonly tenantIds: string[]
}

export interface NewUser {
  /** Random by default. */
  readonly userId?: string | undefined
  readonly loginId: string
  readonly phone: string
  readonly profile: Profile
}

interface NotpUsersState {
  readonly notpUsers: readonly NotpUser[]
  readonly notpLoginIds: readonly { readonly loginId: string; readonly userId: string }[]
}

export interface NotpUsers extends Records<NotpUsersState> {
  get(userId: string): NotpUser | undefined
  /** The user with this login ID. */
  find(loginId: string): NotpUser | undefined
  create(user: NewUser): NotpUser
  addLoginId(user: NotpUser, loginId: string): void
  addTenant(user: NotpUser, tenantId: string): void
}

const CAPACITY = 10_000
const TENANTS_PER_USER = 20

export const MAX_LOGIN_IDS = 20

export const ProfileState = v.strictObject({
  name: maybe(Text),
  givenName: maybe(Text),
  middleName: maybe(Text),
  familyName: maybe(Text),
  email: maybe(Text),
})

const schema: Schemas<NotpUsersState> = {
  notpUsers: listOf(
    v.strictObject({
      userId: Id,
      loginIds: v.array(Id),
      profile: ProfileState,
      createdAt: Time,
      phone: PhoneNumber,
      tenantIds: v.array(Id),
    }),
    'userId',
  ),
  notpLoginIds: listOf(v.strictObject({ loginId: Id, userId: Id }), 'loginId'),
}

export function createNotpUsers(clock: Clock, random: Random): NotpUsers {
  const users = new BoundedMap<string, NotpUser>(CAPACITY)
  /** User IDs by login ID. */
  const logins = new BoundedMap<string, string>(CAPACITY)

  function addLoginId(user: NotpUser, loginId: string) {
    if (!user.loginIds.includes(loginId)) user.loginIds.push(loginId)
    logins.set(loginId, user.userId)
  }

  return {
    get: userId => users.get(userId),
    find: loginId => users.get(logins.get(loginId) ?? ''),
    create({ userId = `U${random.text(27)}`, loginId, phone, profile }) {
      const user: NotpUser = {
        userId,
        loginIds: [],
        profile,
        createdAt: clock.now(),
        phone,
        tenantIds: [],
      }
      users.set(user.userId, user)
      addLoginId(user, loginId)
      return user
    },
    addLoginId,
    addTenant({ tenantIds }, tenantId) {
      if (tenantIds.includes(tenantId)) return
      if (tenantIds.length === TENANTS_PER_USER) tenantIds.shift()
      tenantIds.push(tenantId)
    },
    get size() {
      return users.size
    },
    clear() {
      users.clear()
      logins.clear()
    },
    schema,
    save: () => ({
      notpUsers: [...users.values()],
      notpLoginIds: Array.from(logins, ([loginId, userId]) => ({ loginId, userId })),
    }),
    load({ notpUsers, notpLoginIds }) {
      users.replace(notpUsers.map(user => [user.userId, user]))
      logins.replace(notpLoginIds.map(({ loginId, userId }) => [loginId, userId]))
    },
  }
}

/** A user in a response. */
export function userView({ userId, loginIds, profile, createdAt, phone, tenantIds }: NotpUser) {
  const { name = '', givenName = '', middleName = '', familyName = '', email = '' } = profile
  return {
    userId,
    loginIds,
    externalIds: loginIds,
    name,
    givenName,
    middleName,
    familyName,
    email,
    verifiedEmail: false,
    phone,
    verifiedPhone: true,
    picture: '',
    status: 'enabled',
    roleNames: [],
    permissions: [],
    userTenants: tenantIds.map(tenantId => ({
      tenantId,
      tenantName: tenantId,
      roleNames: [],
      permissions: [],
    })),
    customAttributes: {},
    createdTime: toSeconds(createdAt),
    TOTP: false,
    SAML: false,
    SCIM: false,
    OIDC: false,
    OAuth: {},
    webauthn: false,
    password: false,
    push: false,
    ssoAppIds: [],
    test: false,
    editable: true,
  }
}
