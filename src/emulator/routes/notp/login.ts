/**
 * `/notp/whatsapp/*` and `/notp/pending-session`: starting a login, and polling for its session.
 */

import { Hono } from 'hono'
import * as v from 'valibot'
import { Email, PhoneNumber, shortText } from '../../http/fields.js'
import { json } from '../../http/response.js'
import { encodeBase64 } from '../../lib/base64.js'
import { asText, boundedRecord } from '../../lib/bounded-json.js'
import { type LoginRequest, linkOf } from '../../notp/pending-logins.js'
import type { Service } from '../../service.js'
import { callerSession, notpOperation, project } from './request.js'
import { SessionResponse, sessionResponse } from './response.js'

const text = v.pipe(v.string(), v.maxLength(256))

/** Clients in Go send an empty string for an omitted value. */
const orEmpty = <Output extends string>(schema: v.GenericSchema<Output>) =>
  v.pipe(
    v.optional(v.union([v.literal(''), schema])),
    v.transform(value => value || undefined),
  )

/** Settings of the tenant's messages, without effect. */
const message = {
  providerId: v.optional(text),
  templates: v.optional(v.record(v.string(), v.unknown())),
}
const loginOptions = {
  customClaims: v.optional(asText(boundedRecord(v.unknown()))),
  templateId: v.optional(text),
  templateOptions: v.optional(v.record(v.string(), v.string())),
  tenantId: orEmpty(shortText),
  locale: v.optional(text),
}
const SignUp = v.object({
  ...message,
  loginId: v.optional(text, ''),
  user: v.optional(
    v.object({
      name: v.optional(text),
      givenName: v.optional(text),
      middleName: v.optional(text),
      familyName: v.optional(text),
      email: orEmpty(Email),
      phone: orEmpty(PhoneNumber),
    }),
    {},
  ),
  /** Clients in Go repeat the login ID here, so it need not be a phone number. */
  phone: v.optional(text),
  loginOptions: v.optional(v.object(loginOptions), {}),
})
const SignUpOrIn = v.object({
  ...message,
  loginId: v.optional(text, ''),
  loginOptions: v.optional(v.object(loginOptions), {}),
})
const SignIn = v.object({
  ...message,
  loginId: v.optional(text, ''),
  loginOptions: v.optional(
    v.object({
      ...loginOptions,
      stepup: v.optional(v.boolean(), false),
      mfa: v.optional(v.boolean(), false),
      revokeOtherSessions: v.optional(v.boolean()),
      // Without effect: the emulator has one type of session.
      revokeOtherSessionsTypes: v.optional(v.array(text)),
    }),
    {},
  ),
})
const Update = v.object({
  ...message,
  templateOptions: v.optional(v.record(v.string(), v.string())),
  locale: v.optional(text),
  loginId: v.optional(text, ''),
  phone: orEmpty(PhoneNumber),
  addToLoginIDs: v.optional(v.boolean(), false),
  onMergeUseExisting: v.optional(v.boolean()),
  failOnConflict: v.optional(v.boolean()),
})
const Poll = v.object({ pendingRef: text })

const Started = v.strictObject({
  pendingRef: v.string(),
  redirectUrl: v.pipe(v.string(), v.url()),
  image: v.string(),
})
const SIGN_UP = notpOperation({
  id: 'notpWhatsAppSignUp',
  summary: 'Starts the sign-up of a new user',
  body: SignUp,
  response: Started,
  errors: [429],
})
const SIGN_IN = notpOperation({
  id: 'notpWhatsAppSignIn',
  summary: 'Starts the sign-in of a user',
  body: SignIn,
  response: Started,
  errors: [429],
})
const SIGN_UP_OR_IN = notpOperation({
  id: 'notpWhatsAppSignUpOrIn',
  summary: 'Starts the sign-in of a user, who is created if need be',
  body: SignUpOrIn,
  response: Started,
  errors: [429],
})
const UPDATE = notpOperation({
  id: 'notpWhatsAppUpdate',
  summary: 'Starts the change of the phone number of the signed-in user',
  body: Update,
  response: Started,
  errors: [429],
})
const POLL = notpOperation({
  id: 'notpPendingSession',
  summary: 'The session of a login, once the message has arrived',
  body: Poll,
  response: SessionResponse,
})

export function loginRoutes(service: Service): Hono {
  const { logins } = service.notp
  const authenticate = project(service)

  async function startLogin(request: LoginRequest): Promise<Response> {
    const login = logins.start(request)
    const redirectUrl = linkOf(login)
    // Loaded with the first login, because most emulators never need it.
    const { qrPicture } = await import('../../notp/qr-picture.js')
    const image = encodeBase64(await qrPicture(redirectUrl))
    return json({ pendingRef: login.pendingRef, redirectUrl, image })
  }

  return new Hono()
    .post('/notp/whatsapp/signup', authenticate, SIGN_UP, c => {
      const { loginId, user, phone, loginOptions } = c.var.body
      const { phone: userPhone, ...profile } = user
      const { customClaims, tenantId } = loginOptions
      return startLogin({
        flow: 'signup',
        loginId,
        profile,
        phone: userPhone ?? (v.is(PhoneNumber, phone) ? phone : undefined),
        customClaims,
        tenantId,
      })
    })
    .post('/notp/whatsapp/signin', authenticate, SIGN_IN, async c => {
      const { loginId, loginOptions } = c.var.body
      const { stepup, mfa, customClaims, tenantId, revokeOtherSessions } = loginOptions
      const factor = stepup || mfa ? { of: await callerSession(service, c), stepup, mfa } : undefined
      return startLogin({ flow: 'signin', loginId, factor, revokeOtherSessions, customClaims, tenantId })
    })
    .post('/notp/whatsapp/signup-in', authenticate, SIGN_UP_OR_IN, c => {
      const { loginId, loginOptions } = c.var.body
      const { customClaims, tenantId } = loginOptions
      return startLogin({ flow: 'signup-in', loginId, customClaims, tenantId })
    })
    .post('/notp/whatsapp/update', authenticate, UPDATE, async c => {
      const { loginId, phone, addToLoginIDs } = c.var.body
      const { userId } = await callerSession(service, c)
      return startLogin({ flow: 'update', loginId, userId, phone, addToLoginIDs })
    })
    .post('/notp/pending-session', authenticate, POLL, async c => {
      const { pendingRef } = c.var.body
      const { issued, firstSeen } = await logins.collect(pendingRef)
      return sessionResponse(service, c, issued, firstSeen)
    })
}
