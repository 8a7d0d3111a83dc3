/**
 * `/users`: records of users (contract 4.1 and 4.2).
 */

import { Hono } from 'hono'
import { moveContact } from '../../authsignal/authenticators.js'
import type { User, UserAttributes } from '../../authsignal/store.js'
import { secretKey } from '../../http/authorization.js'
import { Id, UserQuery, UserUpdate } from '../../http/fields.js'
import { check, readBody, readQuery } from '../../http/request.js'
import { userDetails, userSummary } from '../../http/views.js'
import { invalidConfiguration, json } from '../../lib/errors.js'
import type { Service } from '../../service.js'

const CONTACTS = ['email', 'phoneNumber'] as const

export function userRoutes(service: Service): Hono {
  const { clock, store } = service
  const authenticate = secretKey(service)

  return new Hono()
    .get('/users', authenticate, c => {
      const { token, limit, lastEvaluatedUserId, ...wanted } = readQuery(c.req.raw, UserQuery)
      if (token !== undefined) throw invalidConfiguration('The tenant trusts no issuer of external tokens.')
      const found = [...store.users.values()]
        .filter(user => isLike(user, wanted) && user.userId > (lastEvaluatedUserId ?? ''))
        .sort((a, b) => (a.userId < b.userId ? -1 : 1))
      const page = found.slice(0, limit)
      const last = found.length > page.length ? page.at(-1)?.userId : undefined
      return json({ users: page.map(userSummary), lastEvaluatedUserId: last })
    })
    .get('/users/:userId', authenticate, c => {
      const userId = c.req.param('userId')
      // A user nobody has seen looks like one who has done nothing (contract 4.1).
      return json(
        userDetails(store.users.get(userId) ?? { userId, createdAt: clock.now(), authenticators: [] }),
      )
    })
    .on(['PATCH', 'POST'], '/users/:userId', authenticate, async c => {
      const userId = check(Id, c.req.param('userId'))
      const attributes = await readBody(c.req.raw, UserUpdate)
      update(store.ensureUser(userId), attributes)
      return json({ userId, ...attributes })
    })
    .delete('/users/:userId', authenticate, c => {
      store.deleteUser(c.req.param('userId'))
      return json({ success: true })
    })
}

function update(user: User, attributes: UserAttributes) {
  for (const field of CONTACTS) {
    const contact = attributes[field]
    // CHOOSE: a new contact counts as unverified unless the same call says otherwise.
    if (contact !== undefined && contact !== user[field]) user[`${field}Verified`] = false
  }
  Object.assign(user, attributes)
  for (const field of CONTACTS) {
    const contact = user[field]
    if (attributes[`${field}Verified`] && contact !== undefined) moveContact(user, field, contact)
  }
}

function isLike(user: User, { username, email, phoneNumber }: UserAttributes) {
  return (
    (username === undefined || user.username === username) &&
    (email === undefined || user.email === email) &&
    (phoneNumber === undefined || user.phoneNumber === phoneNumber)
  )
}
