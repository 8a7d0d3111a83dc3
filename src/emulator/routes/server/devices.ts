/**
 * `/users/{userId}/devices`: the devices that a user was seen on.
 */

import { Hono } from 'hono'
import { invalidateDevice } from '../../authsignal/user-devices.js'
import { secretKey } from '../../http/authorization.js'
import { NoFields } from '../../http/fields.js'
import { readBody } from '../../http/request.js'
import { json } from '../../http/response.js'
import { userDevice } from '../../http/views.js'
import type { Service } from '../../service.js'

export function deviceRoutes(service: Service): Hono {
  const { clock, users } = service
  const authenticate = secretKey(service)

  return new Hono()
    .get('/users/:userId/devices', authenticate, c => {
      const userId = c.req.param('userId')
      const { devices = [] } = users.find(userId) ?? {}
      return json(devices.map(device => userDevice(userId, device)))
    })
    .post('/users/:userId/devices/:deviceId/invalidate', authenticate, async c => {
      const { userId, deviceId } = c.req.param()
      await readBody(c.req.raw, NoFields)
      const device = invalidateDevice(users.find(userId), deviceId, clock.now())
      return json(userDevice(userId, device))
    })
}
