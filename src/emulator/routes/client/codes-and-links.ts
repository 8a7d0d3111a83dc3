/**
 * SMS, WhatsApp, e-mail codes and e-mail magic links: sending one, verifying a code, and enrolling a phone
 * number or e-mail address.
 */

import { Hono } from 'hono'
import * as v from 'valibot'
import {
  addPending,
  contactAuthenticator,
  isEnrolled,
  newContact,
  permittedChange,
  preferred,
  requireRoom,
  verifiedOf,
} from '../../authsignal/authenticators.js'
import type { Challenges, Purpose } from '../../authsignal/challenges.js'
import {
  CONTACT_METHODS,
  type ContactMethod,
  MAGIC_LINK,
  OTP_METHODS,
  type OtpMethod,
} from '../../authsignal/methods.js'
import { requireReadScope, type Scope } from '../../authsignal/scopes.js'
import type { Caller } from '../../authsignal/tokens.js'
import { type BearerEnv, bearer } from '../../http/authorization.js'
import { Email, Id, PhoneNumber, SmsChannel, VerificationCode } from '../../http/fields.js'
import { operation } from '../../http/operation.js'
import { addressOf } from '../../http/request.js'
import { json } from '../../http/response.js'
import { Verification } from '../../http/shapes.js'
import { forbidden, invalidRequest, notFound } from '../../lib/errors.js'
import type { Service } from '../../service.js'
import { verification } from './verification.js'

const NewChallenge = v.object({
  smsChannel: v.optional(SmsChannel),
  userAuthenticatorId: v.optional(Id),
})
const PhoneEnrolment = v.object({ phoneNumber: PhoneNumber, smsChannel: v.optional(SmsChannel) })
const EmailEnrolment = v.object({ email: Email })
type ContactBody = v.InferOutput<typeof PhoneEnrolment | typeof EmailEnrolment>

const OPERATION_NAMES = {
  SMS: 'Sms',
  WHATSAPP: 'WhatsApp',
  EMAIL_OTP: 'EmailOtp',
  EMAIL_MAGIC_LINK: 'EmailMagicLink',
} as const

const challengeBy = ({ name }: ContactMethod) =>
  operation({
    id: `challenge${OPERATION_NAMES[name]}`,
    summary: `Sends a ${name === 'EMAIL_MAGIC_LINK' ? 'link' : 'code'}; once more sends it again`,
    body: NewChallenge,
    response: v.strictObject({ challengeId: v.string() }),
    errors: [403, 404, 429, 502],
  })

const verifyBy = ({ name }: OtpMethod) =>
  operation({
    id: `verify${OPERATION_NAMES[name]}`,
    summary: 'Verifies the code that was sent last',
    body: VerificationCode,
    response: Verification,
    errors: [502],
  })

const enrolBy = ({ name, contact }: ContactMethod) =>
  operation<ContactBody>({
    id: `enroll${OPERATION_NAMES[name]}`,
    summary: `Starts the enrolment of ${contact === 'email' ? 'an e-mail address' : 'a phone number'}`,
    body: contact === 'email' ? EmailEnrolment : PhoneEnrolment,
    response: v.strictObject({
      userAuthenticatorId: v.string(),
      userId: v.string(),
      challengeId: v.optional(v.string()),
    }),
    errors: [403, 429, 502],
  })

export function codeAndLinkRoutes(service: Service): Hono<BearerEnv> {
  const { challenges, clock, config, delivery, random } = service
  const routes = new Hono<BearerEnv>()

  for (const method of CONTACT_METHODS)
    routes.post(`/challenge/${method.path}`, bearer(service), challengeBy(method), async c => {
      const { caller, body } = c.var
      const { userAuthenticatorId, smsChannel } = body
      const target = targetOf(challenges, caller, method, userAuthenticatorId)
      const challenge = challenges.startFor(caller.action, {
        ...target,
        method,
        smsChannel: method.name === 'SMS' ? smsChannel : undefined,
        address: addressOf(c.req.raw, config),
      })
      await delivery.send(challenge)
      return json({ challengeId: challenge.challengeId })
    })

  for (const method of OTP_METHODS)
    routes.post(`/verify/${method.path}`, bearer(service), verifyBy(method), async c => {
      const { action } = c.var.caller
      const { verificationCode } = c.var.body
      const challenge = challenges.latestOf(action, method.name)
      const verdict = await challenges.verify(challenge, method, action.userId, verificationCode)
      if (!verdict.isVerified) return json(verdict)
      return json(await verification(service, c.req.raw, action, verdict.enrolled))
    })

  for (const method of CONTACT_METHODS.filter(({ clientEnrolment }) => clientEnrolment))
    routes.post(`/user-authenticators/${method.path}`, bearer(service), enrolBy(method), async c => {
      const { user, action, scopes } = c.var.caller
      const { contact, smsChannel } = contactIn(c.var.body)
      const change = permittedChange(user, method.name, contact, scopes)
      if (change === undefined)
        throw forbidden('The user has an authenticator already, and the token lacks the scope to change it.')

      if (change.kind === 'add') requireRoom(user)
      const authenticator =
        change.kind === 'replace'
          ? change.authenticator
          : newContact(user, method.name, contact, random.id(), clock.now())
      const { userAuthenticatorId, userId } = authenticator
      const purpose = { kind: change.kind, userAuthenticatorId }
      const address = addressOf(c.req.raw, config)
      const input = { method, contact, smsChannel, scopes, purpose, address }
      const challenge = challenges.startFor(action, input)
      if (change.kind === 'add') addPending(user, authenticator)
      await delivery.send(challenge)
      const { challengeId } = challenge
      return json({ userAuthenticatorId, userId, ...(method === MAGIC_LINK && { challengeId }) })
    })

  return routes
}

interface Target {
  readonly contact: string
  readonly purpose: Purpose
  readonly scopes: readonly Scope[]
}

/** Where a code or link is sent, and what verifying it does. */
function targetOf(
  challenges: Challenges,
  caller: Caller,
  method: ContactMethod,
  userAuthenticatorId: string | undefined,
): Target {
  const { user, action, scopes } = caller
  const authenticator =
    userAuthenticatorId === undefined
      ? preferred(user, method.name)
      : verifiedOf(user, method.name).find(each => each.userAuthenticatorId === userAuthenticatorId)
  if (userAuthenticatorId !== undefined && authenticator === undefined) throw notFound('authenticator')

  // Sends the code or link of an enrolment again.
  const latest = challenges.latestOf(action, method.name)
  if (authenticator === undefined && latest?.purpose.kind === 'add') {
    const { purpose, contact } = latest
    if (contactAuthenticator(user, purpose.userAuthenticatorId) !== undefined)
      return { purpose, contact, scopes: latest.scopes }
  }

  requireReadScope(scopes)
  if (authenticator !== undefined) {
    const { contact, userAuthenticatorId } = authenticator
    return { contact, purpose: { kind: 'step-up', userAuthenticatorId }, scopes }
  }

  const contact = fallbackContact(caller, method)
  if (contact === undefined)
    throw invalidRequest(`The user has no ${method.name} authenticator and nothing else to send a code to.`)
  return { contact, purpose: { kind: 'contact' }, scopes }
}

/**
 * The contact of the track call or of the user record, used only while nothing is enrolled. WhatsApp, which has
 * no enrolment call, always takes the number of the track call when there is no WhatsApp authenticator.
 */
function fallbackContact({ user, action }: Caller, { name, contact }: ContactMethod): string | undefined {
  const tracked = action.details[contact]
  if (!isEnrolled(user)) return tracked ?? user[contact]
  return name === 'WHATSAPP' ? tracked : undefined
}

const contactIn = (body: ContactBody) =>
  'email' in body
    ? { contact: body.email, smsChannel: undefined }
    : { contact: body.phoneNumber, smsChannel: body.smsChannel }
