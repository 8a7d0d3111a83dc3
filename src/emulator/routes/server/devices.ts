/**
 * `/users/{userId}/devices`: the devices that a user was seen on.
 */

import { Hono } from 'hono'
import * as v from 'valibot'
import { invalidateDevice } from '../../authsignal/user-devices.js'
import { secretKey } from '../../http/authorization.js'
import { NoFields } from '../../http/fields.js'
import { operation } from '../../http/operation.js'
import { json } from '../../http/response.js'
import { UserDevice } from '../../http/shapes.js'
import { userDevice } from '../../http/views.js'
import type { Service } from '../../service.js'

const LIST = operation({
  id: 'getDevices',
  summary: 'The devices that a user was seen on',
  response: v.array(UserDevice),
})
const INVALIDATE = operation({
  id: 'invalidateDevice',
  summary: 'Marks a device as one that is not trusted any more',
  body: NoFields,
  response: UserDevice,
  errors: [404],
})

export function deviceRoutes(service: Service): Hono {
  const { clock, users } = service
  const authenticate = secretKey(service)

  return new Hono()
    .get('/users/:userId/devices', authenticate, LIST, c => {
      const userId = c.req.param('userId')
      const { devices = [] } = users.find(userId) ?? {}
      return json(devices.map(device => userDevice(userId, device)))
    })
    .post('/users/:userId/devices/:deviceId/invalidate', authenticate, INVALIDATE, c => {
      const { userId, deviceId } = c.req.param()
      const device = invalidateDevice(users.find(userId), deviceId, clock.now())
      return json(userDevice(userId, device))
    })
}
