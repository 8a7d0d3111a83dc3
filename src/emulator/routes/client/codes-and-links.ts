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
import { CONTACT_METHODS, type ContactMethod, MAGIC_LINK, OTP_METHODS } from '../../authsignal/methods.js'
import { requireReadScope, type Scope } from '../../authsignal/scopes.js'
import type { Caller } from '../../authsignal/tokens.js'
import { type BearerEnv, bearer } from '../../http/authorization.js'
import { Email, Id, PhoneNumber, SmsChannel, VerificationCode } from '../../http/fields.js'
import { addressOf, readBody } from '../../http/request.js'
import { json } from '../../http/response.js'
import { forbidden, invalidRequest, notFound } from '../../lib/errors.js'
import type { Service } from '../../service.js'
import { verification } from './verification.js'

const NewChallenge = v.object({
  smsChannel: v.optional(SmsChannel),
  userAuthenticatorId: v.optional(Id),
})
const PhoneEnrolment = v.object({ phoneNumber: PhoneNumber, smsChannel: v.optional(SmsChannel) })
const EmailEnrolment = v.object({ email: Email })

export function codeAndLinkRoutes(service: Service): Hono<BearerEnv> {
  const { challenges, clock, config, random } = service
  const routes = new Hono<BearerEnv>()

  for (const method of CONTACT_METHODS)
    routes.post(`/challenge/${method.path}`, bearer(service), async c => {
      const { caller } = c.var
      const { userAuthenticatorId, smsChannel } = await readBody(c.req.raw, NewChallenge)
      const target = targetOf(challenges, caller, method, userAuthenticatorId)
      const { challengeId } = challenges.startFor(caller.action, {
        ...target,
        method,
        smsChannel: method.name === 'SMS' ? smsChannel : undefined,
        address: addressOf(c.req.raw, config),
      })
      return json({ challengeId })
    })

  for (const method of OTP_METHODS)
    routes.post(`/verify/${method.path}`, bearer(service), async c => {
      const { action } = c.var.caller
      const { verificationCode } = await readBody(c.req.raw, VerificationCode)
      const challenge = challenges.latestOf(action, method.name)
      const verdict = challenges.verify(challenge, method, action.userId, verificationCode)
      if (!verdict.isVerified) return json(verdict)
      return json(await verification(service, c.req.raw, action, verdict.enrolled))
    })

  for (const method of CONTACT_METHODS.filter(({ clientEnrolment }) => clientEnrolment))
    routes.post(`/user-authenticators/${method.path}`, bearer(service), async c => {
      const { user, action, scopes } = c.var.caller
      const { contact, smsChannel } = await readContact(c.req.raw, method)
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
      const { challengeId } = challenges.startFor(action, input)
      if (change.kind === 'add') addPending(user, authenticator)
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

async function readContact(request: Request, { contact: field }: ContactMethod) {
  if (field === 'email') return { contact: (await readBody(request, EmailEnrolment)).email }
  const { phoneNumber, smsChannel } = await readBody(request, PhoneEnrolment)
  return { contact: phoneNumber, smsChannel }
}
