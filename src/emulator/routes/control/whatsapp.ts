/**
 * `POST /emulator/notp/approve`: a WhatsApp message of nOTP arrives.
 */

import { Hono } from 'hono'
import * as v from 'valibot'
import { longText, PhoneNumber, shortText } from '../../http/fields.js'
import { json } from '../../http/response.js'
import type { Notp } from '../../notp/notp.js'
import type { Outcome, PendingLogin } from '../../notp/pending-logins.js'
import type { Service } from '../../service.js'
import { controlOperation } from './operation.js'

const NotpMessage = v.pipe(
  v.object({ phone: PhoneNumber, pendingRef: v.optional(shortText), code: v.optional(longText) }),
  v.check(({ pendingRef, code }) => (pendingRef === undefined) !== (code === undefined)),
)

const FlowName = v.picklist(['signup', 'signin', 'signup-in', 'update'])

const RECEIVE = controlOperation({
  id: 'receiveWhatsappMessage',
  summary: 'A WhatsApp message of nOTP arrives from a phone number',
  body: NotpMessage,
  response: v.variant('approved', [
    v.strictObject({
      approved: v.literal(true),
      flow: FlowName,
      userId: v.string(),
      loginId: v.optional(v.string()),
      firstSeen: v.boolean(),
      reply: v.string(),
    }),
    v.strictObject({ approved: v.literal(false), flow: FlowName, errorCode: v.string(), reply: v.string() }),
  ]),
  errors: [404],
})

type Flow = PendingLogin['request']['flow']

/** The replies that the sender gets, by flow or error code. */
const REPLIES: Record<Flow | 'E062107' | 'E062108', string> = {
  signup: 'Welcome! You are signed in. Return to the page where you began.',
  signin: 'You are signed in. Return to the page where you began.',
  'signup-in': 'You are signed in. Return to the page where you began.',
  update: 'Your number is confirmed. Return to the page where you began.',
  E062107: 'This number has an account already. Sign in with it instead.',
  E062108: 'This number has no account yet. Sign up with it first.',
}

export function whatsappRoutes({ notp }: Service): Hono {
  return new Hono().post('/notp/approve', RECEIVE, c => {
    const { phone, ...key } = c.var.body
    const login = notp.logins.find(key)
    return json(details(notp, login.request.flow, notp.logins.receive(login, phone)))
  })
}

function details({ users }: Notp, flow: Flow, outcome: Outcome) {
  if ('refusal' in outcome) {
    const { code, description } = outcome.refusal
    const reply = REPLIES[code as keyof typeof REPLIES] ?? description
    return { approved: false, flow, errorCode: code, reply }
  }
  const { userId, firstSeen } = outcome
  const [loginId] = users.get(userId)?.loginIds ?? []
  return { approved: true, flow, userId, loginId, firstSeen, reply: REPLIES[flow] }
}
