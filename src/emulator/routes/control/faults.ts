/**
 * `/emulator/faults`: adds, lists and removes faults.
 */

import { Hono } from 'hono'
import * as v from 'valibot'
import { readBody } from '../../http/request.js'
import { json } from '../../http/response.js'
import { invalidRequest, notFound } from '../../lib/errors.js'
import type { FaultRule } from '../../lib/faults.js'
import type { Service } from '../../service.js'

export function faultRoutes({ faults: { faults } }: Service): Hono {
  function add(rule: object) {
    try {
      return faults.add(rule as FaultRule)
    } catch (error) {
      throw error instanceof TypeError ? invalidRequest(`The fault is not valid: ${error.message}.`) : error
    }
  }

  return new Hono()
    .post('/faults', async c => json(add(await readBody(c.req.raw, v.looseObject({})))))
    .get('/faults', () => json({ faults: faults.list() }))
    .delete('/faults', () => {
      faults.clear()
      return json({ ok: true })
    })
    .delete('/faults/:id', c => {
      if (!faults.remove(c.req.param('id'))) throw notFound('fault')
      return json({ ok: true })
    })
}
