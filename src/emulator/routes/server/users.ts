/**
 * `/users`: listing, reading, updating and deleting users.
 */

import { Hono } from 'hono'
import * as v from 'valibot'
import type { Enrolments } from '../../authsignal/enrolments.js'
import type { User, UserAttributes } from '../../authsignal/users.js'
import { secretKey } from '../../http/authorization.js'
import { Id, userAttributes, wholeNumber } from '../../http/fields.js'
import { operation } from '../../http/operation.js'
import { check } from '../../http/request.js'
import { json } from '../../http/response.js'
import { Success, UserDetails, UserSummary } from '../../http/shapes.js'
import { userDetails, userSummary } from '../../http/views.js'
import { invalidConfiguration, notImplemented } from '../../lib/errors.js'
import type { Service } from '../../service.js'

const UserUpdate = v.object(userAttributes)
/** A page has 50 users by default. Upstream does not document the number. */
const UserQuery = v.object({
  username: v.optional(v.string()),
  email: v.optional(v.string()),
  phoneNumber: v.optional(v.string()),
  token: v.optional(v.string()),
  limit: v.optional(v.pipe(wholeNumber, v.minValue(1), v.maxValue(100)), '50'),
  lastEvaluatedUserId: v.optional(v.string()),
})

const LIST = operation({
  id: 'queryUsers',
  summary: 'Users by contact or user name, in pages',
  query: UserQuery,
  response: v.strictObject({
    users: v.array(UserSummary),
    lastEvaluatedUserId: v.optional(v.string()),
  }),
})
const READ = operation({
  id: 'getUser',
  summary: 'A user; an unknown one has no authenticators',
  response: UserDetails,
})
const updateUser = {
  summary: 'Sets attributes of a user, who is created if need be',
  body: UserUpdate,
  response: v.strictObject({ userId: v.string(), ...userAttributes }),
}
// Some SDKs send a PATCH, others a POST.
const UPDATE = operation({ id: 'updateUser', ...updateUser })
const UPDATE_BY_POST = operation({ id: 'updateUserByPost', ...updateUser })
const REMOVE = operation({
  id: 'deleteUser',
  summary: 'Deletes a user with everything that belongs to the user',
  response: Success,
})

const CONTACTS = ['email', 'phoneNumber'] as const

export function userRoutes(service: Service): Hono {
  const { clock, enrolments, users } = service
  const authenticate = secretKey(service)

  function set(id: string, attributes: v.InferOutput<typeof UserUpdate>) {
    const userId = check(Id, id)
    update(enrolments, users.ensure(userId), attributes)
    return { userId, ...attributes }
  }

  const routes = new Hono()
  routes.get('/users', authenticate, LIST, c => {
    const { token, limit, lastEvaluatedUserId, ...wanted } = c.var.query
    if (token !== undefined) throw invalidConfiguration('The tenant trusts no issuer of external tokens.')
    const found = [...users.all()]
      .filter(user => matches(user, wanted) && user.userId > (lastEvaluatedUserId ?? ''))
      .sort((a, b) => (a.userId < b.userId ? -1 : 1))
    const page = found.slice(0, limit)
    const last = found.length > page.length ? page.at(-1)?.userId : undefined
    return json({ users: page.map(userSummary), lastEvaluatedUserId: last })
  })
  routes.get('/users/:userId', authenticate, READ, c => {
    const userId = c.req.param('userId')
    // An unknown user is not an error: the response is that of a user without authenticators.
    return json(userDetails(users.find(userId) ?? { userId, createdAt: clock.now(), authenticators: [] }))
  })
  // Moving passkeys from another system, which the emulator does not have. It is no user of this name.
  routes.post('/users/authenticators', authenticate, () => {
    throw notImplemented()
  })
  routes.patch('/users/:userId', authenticate, UPDATE, c => json(set(c.req.param('userId'), c.var.body)))
  routes.post('/users/:userId', authenticate, UPDATE_BY_POST, c =>
    json(set(c.req.param('userId'), c.var.body)),
  )
  routes.delete('/users/:userId', authenticate, REMOVE, c => {
    service.deleteUser(c.req.param('userId'))
    return json({ success: true })
  })
  return routes
}

function update(enrolments: Enrolments, user: User, attributes: UserAttributes) {
  for (const field of CONTACTS) {
    const contact = attributes[field]
    // A new contact is unverified, unless the same call says otherwise.
    if (contact !== undefined && contact !== user[field]) user[`${field}Verified`] = false
  }
  Object.assign(user, attributes)
  for (const field of CONTACTS) {
    const contact = user[field]
    if (attributes[`${field}Verified`] && contact !== undefined) enrolments.moveContact(user, field, contact)
  }
}

function matches(user: User, { username, email, phoneNumber }: UserAttributes) {
  return (
    (username === undefined || user.username === username) &&
    (email === undefined || user.email === email) &&
    (phoneNumber === undefined || user.phoneNumber === phoneNumber)
  )
}
