/**
 * `/users/{userId}/devices`: the devices a user was seen on (contract 4.1).
 */

import { Hono } from 'hono'
import { invalidateDevice } from '../../authsignal/user-devices.js'
import { secretKey } from '../../http/authorization.js'
import { Nothing } from '../../http/fields.js'
import { readBody } from '../../http/request.js'
import { userDevice } from '../../http/views.js'
import { json } from '../../lib/errors.js'
import type { Service } from '../../service.js'

export function deviceRoutes(service: Service): Hono {
  const { clock, store } = service
  const authenticate = secretKey(service)

  return new Hono()
    .get('/users/:userId/devices', authenticate, c => {
      const userId = c.req.param('userId')
      const devices = [...(store.users.get(userId)?.devices?.values() ?? [])]
      return json(devices.map(device => userDevice(userId, device)))
    })
    .post('/users/:userId/devices/:deviceId/invalidate', authenticate, async c => {
      const { userId, deviceId } = c.req.param()
      await readBody(c.req.raw, Nothing)
      const device = invalidateDevice(store.users.get(userId), deviceId, clock.now())
      return json(userDevice(userId, device))
    })
}
