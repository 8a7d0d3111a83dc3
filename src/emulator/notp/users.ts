/**
 * The users of nOTP, found by their login IDs.
 */

import { BoundedMap, type Records } from '../lib/bounded-map.js'
import { type Clock, toSeconds } from '../lib/clock.js'
import { randomText } from '../lib/secrets.js'

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
  readonly tenantIds: Map<string, true>
}

export interface NewUser {
  readonly loginId: string
  readonly phone: string
  readonly profile: Profile
}

export interface NotpUsers extends Records {
  find(loginId: string): NotpUser | undefined
  create(user: NewUser): NotpUser
  addLoginId(user: NotpUser, loginId: string): void
}

const CAPACITY = 10_000
const TENANTS_PER_USER = 20

export const MAX_LOGIN_IDS = 20

export function createNotpUsers(clock: Clock): NotpUsers {
  const byLoginId = new BoundedMap<string, NotpUser>(CAPACITY)

  function addLoginId(user: NotpUser, loginId: string) {
    if (!user.loginIds.includes(loginId)) user.loginIds.push(loginId)
    byLoginId.set(loginId, user)
  }

  return {
    find: loginId => byLoginId.get(loginId),
    create({ loginId, phone, profile }) {
      const user: NotpUser = {
        userId: `U${randomText(27)}`,
        loginIds: [],
        profile,
        createdAt: clock.now(),
        phone,
        tenantIds: new BoundedMap(TENANTS_PER_USER),
      }
      addLoginId(user, loginId)
      return user
    },
    addLoginId,
    get size() {
      return byLoginId.size
    },
    clear: () => byLoginId.clear(),
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
    userTenants: [...tenantIds.keys()].map(tenantId => ({
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
