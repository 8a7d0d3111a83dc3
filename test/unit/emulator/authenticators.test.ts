// @vitest-environment node
/** The rules for authenticators, each by itself. What they mean for a call is tested with its route. */
import { describe, expect, test } from 'vitest'
import {
  addPending,
  confirm,
  confirmContact,
  enrolledMethods,
  makeDefault,
  moveContact,
  permittedChange,
  preferred,
  remove,
  requireMayAdd,
  verified,
  verifiedOf,
  withContact,
} from '../../../src/emulator/authsignal/authenticators.js'
import type { ContactMethodName } from '../../../src/emulator/authsignal/methods.js'
import { totpOf } from '../../../src/emulator/authsignal/totp-state.js'
import type { Authenticator, ContactAuthenticator, User } from '../../../src/emulator/authsignal/users.js'

let count = 0

function contact(
  to: string,
  {
    method = 'SMS' as ContactMethodName,
    ...rest
  }: Partial<ContactAuthenticator> & { method?: ContactMethodName } = {},
): ContactAuthenticator {
  const userAuthenticatorId = `a${++count}`
  const record = {
    userAuthenticatorId,
    userId: 'jane',
    createdAt: 1,
    contact: to,
    verificationMethod: method,
  }
  return { ...record, verifiedAt: 2, ...rest }
}

/** One that was never verified. */
function pending(to: string, method?: ContactMethodName): ContactAuthenticator {
  const { verifiedAt: _, ...rest } = contact(to, method && { method })
  return rest
}

const app = (): Authenticator => ({
  userAuthenticatorId: `a${++count}`,
  userId: 'jane',
  createdAt: 1,
  verifiedAt: 2,
  verificationMethod: 'AUTHENTICATOR_APP',
  totp: totpOf('JBSWY3DPEHPK3PXP'),
})

const userWith = (...authenticators: Authenticator[]): User => ({
  userId: 'jane',
  createdAt: 0,
  authenticators,
})

const PHONE = '+64210000001'
const OTHER_PHONE = '+64210000002'
const EMAIL = 'jane@example.com'

describe('authenticators that are not verified', () => {
  test('count nowhere', () => {
    const user = userWith(pending(PHONE))
    expect(verified(user)).toEqual([])
    expect(verifiedOf(user, 'SMS')).toEqual([])
    expect(enrolledMethods(user)).toEqual([])
    expect(preferred(user, 'SMS')).toBeUndefined()
    expect(withContact(user, 'SMS', PHONE)).toBeUndefined()
  })

  test('are replaced by a later one of the same method, and by no other', () => {
    const [enrolled, stale, email] = [contact(PHONE), pending(OTHER_PHONE), pending(EMAIL, 'EMAIL_OTP')]
    const user = userWith(enrolled, stale, email)
    const latest = pending('+64210000003')
    addPending(user, latest)
    expect(user.authenticators).toEqual([enrolled, email, latest])
  })
})

describe('the authenticator of a challenge', () => {
  test('is the default one, else the first', () => {
    const [first, second] = [contact(PHONE), contact(OTHER_PHONE)]
    const user = userWith(first, second)
    expect(preferred(user, 'SMS')).toBe(first)
    makeDefault(user, second)
    expect(preferred(user, 'SMS')).toBe(second)
    expect(user.authenticators.map(each => each.isDefault)).toEqual([false, true])
    makeDefault(user, first)
    expect(user.authenticators.map(each => each.isDefault)).toEqual([true, false])
  })

  test('with a contact is the one that has it', () => {
    const [first, second] = [contact(PHONE), contact(OTHER_PHONE)]
    expect(withContact(userWith(first, second), 'SMS', OTHER_PHONE)).toBe(second)
    expect(withContact(userWith(first, second), 'WHATSAPP', OTHER_PHONE)).toBeUndefined()
  })

  test('methods are listed once', () => {
    const user = userWith(contact(PHONE), contact(OTHER_PHONE), contact(EMAIL, { method: 'EMAIL_OTP' }))
    expect(enrolledMethods(user)).toEqual(['SMS', 'EMAIL_OTP'])
  })
})

describe('what a verified contact changes', () => {
  const ADD = 'add:authenticators'
  const UPDATE = 'update:authenticators'
  const first = contact(PHONE)
  const second = contact(OTHER_PHONE)
  const replace = (authenticator: Authenticator) => ({ kind: 'replace', authenticator })

  test.each([
    ['the first authenticator is added without a scope', userWith(), PHONE, [], { kind: 'add' }],
    ['an unverified one does not count', userWith(pending(PHONE)), PHONE, [], { kind: 'add' }],
    ['no scope, no change', userWith(first), OTHER_PHONE, [], undefined],
    ['no scope, no change, also of a known contact', userWith(first), PHONE, [], undefined],
    ['update replaces the preferred one', userWith(first, second), '+64210000003', [UPDATE], replace(first)],
    [
      'update replaces the one with that contact',
      userWith(first, second),
      OTHER_PHONE,
      [UPDATE],
      replace(second),
    ],
    ['update adds none of another method', userWith(app()), PHONE, [UPDATE], undefined],
    ['add adds a new contact', userWith(first), OTHER_PHONE, [ADD], { kind: 'add' }],
    ['add keeps a known contact as it is', userWith(first, second), OTHER_PHONE, [ADD], replace(second)],
    ['add adds the first of a method', userWith(app()), PHONE, [ADD], { kind: 'add' }],
    ['both replace', userWith(first), OTHER_PHONE, [ADD, UPDATE], replace(first)],
    ['both add where there is none to replace', userWith(app()), PHONE, [ADD, UPDATE], { kind: 'add' }],
  ] as const)('%s', (_, user, to, scopes, change) => {
    expect(permittedChange(user, 'SMS', to, scopes)).toEqual(change)
  })
})

describe('the largest number of authenticators', () => {
  test('is 100, verified or not', () => {
    const user = userWith(...Array.from({ length: 99 }, () => pending(PHONE)))
    requireMayAdd(user, [])
    user.authenticators.push(pending(PHONE))
    expect(() => requireMayAdd(user, [])).toThrow('The user has too many authenticators.')
  })

  test('is not what a user without the scope hears of', () => {
    const user = userWith(contact(PHONE))
    expect(() => requireMayAdd(user, ['read:authenticators'])).toThrow(
      'The user has an authenticator already, and the token lacks the scope to add one.',
    )
    requireMayAdd(user, ['add:authenticators'])
  })
})

describe('verifying an authenticator', () => {
  test('makes the first one the default, and adds each once', () => {
    const user = userWith()
    const [first, second] = [pending(PHONE), pending(OTHER_PHONE)]
    confirm(user, first, 10)
    confirm(user, second, 20)
    confirm(user, first, 30)
    expect(user.authenticators).toEqual([first, second])
    expect(first).toMatchObject({ isDefault: true, verifiedAt: 10, lastVerifiedAt: 30 })
    expect(second).toMatchObject({ verifiedAt: 20, lastVerifiedAt: 20 })
    expect(second.isDefault).toBeUndefined()
  })

  const record = ({ phoneNumber, phoneNumberVerified }: User) => ({ phoneNumber, phoneNumberVerified })
  const verify = (user: User, authenticator: ContactAuthenticator, to: string) => {
    confirmContact(user, authenticator, to, 10)
    return authenticator
  }

  test('writes the first verified contact to the user, and no second one', () => {
    const user = userWith()
    verify(user, pending(PHONE), PHONE)
    expect(record(user)).toEqual({ phoneNumber: PHONE, phoneNumberVerified: true })
    verify(user, pending(OTHER_PHONE), OTHER_PHONE)
    expect(record(user)).toEqual({ phoneNumber: PHONE, phoneNumberVerified: true })
    expect(user.email).toBeUndefined()
  })

  test('writes a contact that it changes to the user', () => {
    const user = userWith()
    const authenticator = verify(user, pending(PHONE), PHONE)
    verify(user, authenticator, OTHER_PHONE)
    expect(authenticator.contact).toBe(OTHER_PHONE)
    expect(record(user)).toEqual({ phoneNumber: OTHER_PHONE, phoneNumberVerified: true })
  })

  test.each([
    ['the one that the user has, unverified', PHONE, { phoneNumber: PHONE, phoneNumberVerified: true }],
    ['another than the user has, unverified', OTHER_PHONE, { phoneNumber: OTHER_PHONE }],
  ])('again, with a contact that is %s', (_, phoneNumber, expected) => {
    const authenticator = contact(PHONE)
    const user = { ...userWith(authenticator), phoneNumber }
    verify(user, authenticator, PHONE)
    expect(record(user)).toEqual({ phoneNumberVerified: undefined, ...expected })
  })
})

describe('removing an authenticator', () => {
  test('passes the default on to the first verified one that remains', () => {
    const [first, unverified, second, third] = [
      contact(PHONE, { isDefault: true }),
      pending(EMAIL, 'EMAIL_OTP'),
      contact(OTHER_PHONE),
      app(),
    ]
    const user = userWith(first, unverified, second, third)
    remove(user, first)
    expect(user.authenticators).toEqual([unverified, second, third])
    expect(user.authenticators.map(each => each.isDefault)).toEqual([undefined, true, undefined])
  })

  test('that is not the default leaves the default, and the last one leaves none', () => {
    const [first, second] = [contact(PHONE, { isDefault: true }), contact(OTHER_PHONE)]
    const user = userWith(second, first)
    remove(user, second)
    expect(user.authenticators).toEqual([first])
    expect(first.isDefault).toBe(true)
    remove(user, first)
    expect(user.authenticators).toEqual([])
  })
})

test('a contact that the backend has verified moves all verified authenticators of that kind', () => {
  const authenticators = [
    contact(PHONE),
    contact(OTHER_PHONE, { method: 'WHATSAPP' }),
    contact(EMAIL, { method: 'EMAIL_OTP' }),
    pending(PHONE),
    app(),
  ]
  moveContact(userWith(...authenticators), 'phoneNumber', '+64210000003')
  expect(authenticators.map(each => ('contact' in each ? each.contact : undefined))).toEqual([
    '+64210000003',
    '+64210000003',
    EMAIL,
    PHONE,
    undefined,
  ])
})
