/**
 * `/users/{userId}/actions`: tracking actions, and their state.
 */

import { Hono } from 'hono'
import * as v from 'valibot'
import { OUTCOMES, type TrackedDetails } from '../../authsignal/actions.js'
import { DEFAULT_SCOPES, parseScopes } from '../../authsignal/scopes.js'
import type { User } from '../../authsignal/users.js'
import { secretKey } from '../../http/authorization.js'
import {
  ActionCode,
  deviceDetails,
  Email,
  Id,
  longText,
  RecordedPhoneNumber,
  shortText,
  VerificationMethodName,
} from '../../http/fields.js'
import { operation } from '../../http/operation.js'
import { addressOf, check } from '../../http/request.js'
import { json } from '../../http/response.js'
import { ActionState, enrolment as enrolmentShape, IsoTime, Jwt } from '../../http/shapes.js'
import { actionDetails, actionSummary, enrolment } from '../../http/views.js'
import { notFound } from '../../lib/errors.js'
import { pathOf } from '../../options.js'
import type { Service } from '../../service.js'

/** The page that the hosted page returns to. Other schemes, such as `javascript:`, are not allowed. */
const webAddress = v.pipe(longText, v.url(), v.regex(/^https?:/i))
const host = v.pipe(v.string(), v.regex(/^[a-z0-9.-]+(:\d{1,5})?$/i))

const Track = v.object({
  ...deviceDetails,
  idempotencyKey: v.optional(Id),
  redirectUrl: v.optional(webAddress),
  redirectToSettings: v.optional(v.boolean()),
  email: v.optional(Email),
  phoneNumber: v.optional(RecordedPhoneNumber),
  username: v.optional(shortText),
  scope: v.optional(shortText),
  // Without effect: upstream does not document what it does.
  challengeId: v.optional(Id),
  customDomain: v.optional(host),
})
const ActionQuery = v.object({
  fromDate: v.optional(v.pipe(v.string(), v.transform(Date.parse), v.number(), v.finite())),
  codes: v.optional(v.string()),
  state: v.optional(ActionState),
})
const ActionUpdate = v.object({ state: ActionState })

const Tracked = v.strictObject({
  idempotencyKey: v.string(),
  state: ActionState,
  url: v.pipe(v.string(), v.url()),
  token: Jwt,
  ...enrolmentShape,
  ruleIds: v.array(v.string()),
})
const ActionSummary = v.strictObject({
  actionCode: v.string(),
  idempotencyKey: v.string(),
  createdAt: IsoTime,
  updatedAt: IsoTime,
  state: ActionState,
  stateUpdatedAt: IsoTime,
  verificationMethod: v.optional(VerificationMethodName),
  verifiedByAuthenticatorId: v.optional(v.string()),
})
const ActionDetails = v.strictObject({
  state: ActionState,
  stateUpdatedAt: IsoTime,
  createdAt: IsoTime,
  verificationMethod: v.optional(VerificationMethodName),
  rules: v.array(v.string()),
  output: v.strictObject({ outcome: v.picklist(OUTCOMES) }),
})

const TRACK = operation({
  id: 'trackAction',
  summary: 'Tracks an action of a user; the token is for the browser',
  body: Track,
  response: Tracked,
})
const LIST = operation({
  id: 'queryUserActions',
  summary: 'The actions of a user, newest first',
  query: ActionQuery,
  response: v.array(ActionSummary),
})
const READ = operation({
  id: 'getAction',
  summary: 'The state of an action',
  response: ActionDetails,
  errors: [404],
})
const UPDATE = operation({
  id: 'updateAction',
  summary: 'Sets the state of an action',
  body: ActionUpdate,
  response: v.strictObject({ state: ActionState }),
  errors: [404],
})

export function actionRoutes(service: Service): Hono {
  const { actions, config, tokens, users } = service
  const authenticate = secretKey(service)

  function find(userId: string, actionCode: string, idempotencyKey: string) {
    const action = actions.find({ userId, actionCode, idempotencyKey })
    if (action === undefined) throw notFound('action')
    return action
  }

  return new Hono()
    .post('/users/:userId/actions/:actionCode', authenticate, TRACK, async c => {
      const userId = check(Id, c.req.param('userId'))
      const actionCode = check(ActionCode, c.req.param('actionCode'))
      const { idempotencyKey, scope, username, customDomain, ...rest } = c.var.body
      const { redirectUrl, redirectToSettings, email, phoneNumber, deviceId, ipAddress, userAgent } = rest
      const user = users.ensure(userId)
      remember(user, { email, phoneNumber, username })
      const details = defined({
        redirectUrl,
        redirectToSettings,
        email,
        phoneNumber,
        deviceId,
        ipAddress,
        userAgent,
      })
      const action = actions.track(user, actionCode, idempotencyKey, details)

      const address = addressOf(c.req.raw, config)
      const scopes = scope === undefined ? DEFAULT_SCOPES : parseScopes(scope)
      const token = await tokens.issue(action, scopes, address)
      const { protocol, host } = new URL(address)
      const locale = rest.locale ?? user.locale
      const lang = locale ? `&lang=${encodeURIComponent(locale)}` : ''
      const url = `${protocol}//${customDomain ?? host}${pathOf(config)}/challenge?token=${token}${lang}`
      const { state } = action
      return json({
        idempotencyKey: action.idempotencyKey,
        state,
        url,
        token,
        ...enrolment(user),
        ruleIds: [],
      })
    })
    .get('/users/:userId/actions', authenticate, LIST, c => {
      const { fromDate = 0, codes, state } = c.var.query
      const wanted = codes?.split(',')
      const found = actions
        .listOf(c.req.param('userId'))
        .filter(
          action =>
            action.createdAt >= fromDate &&
            (wanted === undefined || wanted.includes(action.actionCode)) &&
            (state === undefined || action.state === state),
        )
      return json(found.reverse().map(actionSummary))
    })
    .get('/users/:userId/actions/:actionCode/:idempotencyKey', authenticate, READ, c => {
      const { userId, actionCode, idempotencyKey } = c.req.param()
      return json(actionDetails(find(userId, actionCode, idempotencyKey)))
    })
    .patch('/users/:userId/actions/:actionCode/:idempotencyKey', authenticate, UPDATE, c => {
      const { userId, actionCode, idempotencyKey } = c.req.param()
      const { state } = c.var.body
      actions.setState(find(userId, actionCode, idempotencyKey), state)
      return json({ state })
    })
}

/** Copies contact data of the track call to the user, unless that contact is verified already. */
function remember(
  user: User,
  { email, phoneNumber, username }: Pick<User, 'email' | 'phoneNumber' | 'username'>,
) {
  if (email !== undefined && !user.emailVerified) user.email = email
  if (phoneNumber !== undefined && !user.phoneNumberVerified) user.phoneNumber = phoneNumber
  if (username !== undefined) user.username = username
}

/** Only the defined details, so that those of an earlier track call stay. */
const defined = (details: TrackedDetails): TrackedDetails =>
  Object.fromEntries(Object.entries(details).filter(([, value]) => value !== undefined))
