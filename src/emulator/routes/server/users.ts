/**
 * `/users`: listing, reading, updating and deleting users.
 */

import { Hono } from 'hono'
import * as v from 'valibot'
import { moveContact } from '../../authsignal/authenticators.js'
import type { User, UserAttributes } from '../../authsignal/users.js'
import { secretKey } from '../../http/authorization.js'
import { Id, userAttributes, wholeNumber } from '../../http/fields.js'
import { check, readBody, readQuery } from '../../http/request.js'
import { json } from '../../http/response.js'
import { userDetails, userSummary } from '../../http/views.js'
import { invalidConfiguration } from '../../lib/errors.js'
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

const CONTACTS = ['email', 'phoneNumber'] as const

export function userRoutes(service: Service): Hono {
  const { clock, users } = service
  const authenticate = secretKey(service)

  return new Hono()
    .get('/users', authenticate, c => {
      const { token, limit, lastEvaluatedUserId, ...wanted } = readQuery(c.req.raw, UserQuery)
      if (token !== undefined) throw invalidConfiguration('The tenant trusts no issuer of external tokens.')
      const found = [...users.all()]
        .filter(user => matches(user, wanted) && user.userId > (lastEvaluatedUserId ?? ''))
        .sort((a, b) => (a.userId < b.userId ? -1 : 1))
      const page = found.slice(0, limit)
      const last = found.length > page.length ? page.at(-1)?.userId : undefined
      return json({ users: page.map(userSummary), lastEvaluatedUserId: last })
    })
    .get('/users/:userId', authenticate, c => {
      const userId = c.req.param('userId')
      // An unknown user is not an error: the response is that of a user without authenticators.
      return json(userDetails(users.find(userId) ?? { userId, createdAt: clock.now(), authenticators: [] }))
    })
    .on(['PATCH', 'POST'], '/users/:userId', authenticate, async c => {
      const userId = check(Id, c.req.param('userId'))
      const attributes = await readBody(c.req.raw, UserUpdate)
      update(users.ensure(userId), attributes)
      return json({ userId, ...attributes })
    })
    .delete('/users/:userId', authenticate, c => {
      service.deleteUser(c.req.param('userId'))
      return json({ success: true })
    })
}

function update(user: User, attributes: UserAttributes) {
  for (const field of CONTACTS) {
    const contact = attributes[field]
    // A new contact is unverified, unless the same call says otherwise.
    if (contact !== undefined && contact !== user[field]) user[`${field}Verified`] = false
  }
  Object.assign(user, attributes)
  for (const field of CONTACTS) {
    const contact = user[field]
    if (attributes[`${field}Verified`] && contact !== undefined) moveContact(user, field, contact)
  }
}

function matches(user: User, { username, email, phoneNumber }: UserAttributes) {
  return (
    (username === undefined || user.username === username) &&
    (email === undefined || user.email === email) &&
    (phoneNumber === undefined || user.phoneNumber === phoneNumber)
  )
}
