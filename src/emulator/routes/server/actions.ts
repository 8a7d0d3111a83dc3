/**
 * `/users/{userId}/actions`: tracking an action, and what became of it (contract 4.1 to 4.4).
 */

import { Hono } from 'hono'
import { DEFAULT_SCOPES, parseScopes } from '../../authsignal/scopes.js'
import type { TrackedDetails, User } from '../../authsignal/store.js'
import { secretKey } from '../../http/authorization.js'
import { ActionCode, ActionQuery, ActionUpdate, Id, Track } from '../../http/fields.js'
import { check, originOf, readBody, readQuery } from '../../http/request.js'
import { actionDetails, actionSummary, enrolment } from '../../http/views.js'
import { json, notFound } from '../../lib/errors.js'
import type { Service } from '../../service.js'

export function actionRoutes(service: Service): Hono {
  const { actions, store, tokens } = service
  const authenticate = secretKey(service)

  function find(userId: string, actionCode: string, idempotencyKey: string) {
    const action = store.findAction({ userId, actionCode, idempotencyKey })
    if (action === undefined) throw notFound('action')
    return action
  }

  return new Hono()
    .post('/users/:userId/actions/:actionCode', authenticate, async c => {
      const userId = check(Id, c.req.param('userId'))
      const actionCode = check(ActionCode, c.req.param('actionCode'))
      const { idempotencyKey, scope, username, customDomain, ...rest } = await readBody(c.req.raw, Track)
      const { redirectUrl, redirectToSettings, email, phoneNumber, deviceId } = rest
      const user = store.ensureUser(userId)
      remember(user, { email, phoneNumber, username })
      const details = given({ redirectUrl, redirectToSettings, email, phoneNumber, deviceId })
      const action = actions.track(user, actionCode, idempotencyKey, details)

      const origin = originOf(c.req.raw)
      const scopes = scope === undefined ? DEFAULT_SCOPES : parseScopes(scope)
      const token = await tokens.issue(action, scopes, origin)
      const { protocol, host } = new URL(origin)
      // CHOOSE: the path of the pre-built UI; contract 5.1.
      const url = `${protocol}//${customDomain ?? host}/challenge?token=${token}`
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
      const found = store
        .actionsOf(c.req.param('userId'))
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

/** Keeps what the track call tells about the user. CHOOSE: save where a verified contact is known already. */
function remember(
  user: User,
  { email, phoneNumber, username }: Pick<User, 'email' | 'phoneNumber' | 'username'>,
) {
  if (email !== undefined && !user.emailVerified) user.email = email
  if (phoneNumber !== undefined && !user.phoneNumberVerified) user.phoneNumber = phoneNumber
  if (username !== undefined) user.username = username
}

/** The details without those that were not given, which an earlier track call may have set. */
const given = (details: TrackedDetails): TrackedDetails =>
  Object.fromEntries(Object.entries(details).filter(([, value]) => value !== undefined))
