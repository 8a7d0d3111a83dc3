/**
 * `/users/{userId}/actions`: tracking actions, and their state.
 */

import { Hono } from 'hono'
import * as v from 'valibot'
import { ACTION_STATES, type TrackedDetails } from '../../authsignal/actions.js'
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
} from '../../http/fields.js'
import { addressOf, check, readBody, readQuery } from '../../http/request.js'
import { json } from '../../http/response.js'
import { actionDetails, actionSummary, enrolment } from '../../http/views.js'
import { notFound } from '../../lib/errors.js'
import { pathOf } from '../../options.js'
import type { Service } from '../../service.js'

/** The page that the hosted page returns to. Other schemes, such as `javascript:`, are not allowed. */
const webAddress = v.pipe(longText, v.url(), v.regex(/^https?:/i))
const host = v.pipe(v.string(), v.regex(/^[a-z0-9.-]+(:\d{1,5})?$/i))
const ActionState = v.picklist(ACTION_STATES)

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

export function actionRoutes(service: Service): Hono {
  const { actions, config, tokens, users } = service
  const authenticate = secretKey(service)

  function find(userId: string, actionCode: string, idempotencyKey: string) {
    const action = actions.find({ userId, actionCode, idempotencyKey })
    if (action === undefined) throw notFound('action')
    return action
  }

  return new Hono()
    .post('/users/:userId/actions/:actionCode', authenticate, async c => {
      const userId = check(Id, c.req.param('userId'))
      const actionCode = check(ActionCode, c.req.param('actionCode'))
      const { idempotencyKey, scope, username, customDomain, ...rest } = await readBody(c.req.raw, Track)
      const { redirectUrl, redirectToSettings, email, phoneNumber, deviceId } = rest
      const user = users.ensure(userId)
      remember(user, { email, phoneNumber, username })
      const details = defined({ redirectUrl, redirectToSettings, email, phoneNumber, deviceId })
      const action = actions.track(user, actionCode, idempotencyKey, details)

      const address = addressOf(c.req.raw, config)
      const scopes = scope === undefined ? DEFAULT_SCOPES : parseScopes(scope)
      const token = await tokens.issue(action, scopes, address)
      const { protocol, host } = new URL(address)
      const url = `${protocol}//${customDomain ?? host}${pathOf(config)}/challenge?token=${token}`
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
    .get('/users/:userId/actions', authenticate, c => {
      const { fromDate = 0, codes, state } = readQuery(c.req.raw, ActionQuery)
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
    .get('/users/:userId/actions/:actionCode/:idempotencyKey', authenticate, c => {
      const { userId, actionCode, idempotencyKey } = c.req.param()
      return json(actionDetails(find(userId, actionCode, idempotencyKey)))
    })
    .patch('/users/:userId/actions/:actionCode/:idempotencyKey', authenticate, async c => {
      const { userId, actionCode, idempotencyKey } = c.req.param()
      const { state } = await readBody(c.req.raw, ActionUpdate)
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
