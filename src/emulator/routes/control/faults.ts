/**
 * `/emulator/faults`: adds, lists and removes faults.
 */

import { Hono } from 'hono'
import * as v from 'valibot'
import { json } from '../../http/response.js'
import { invalidRequest, notFound } from '../../lib/errors.js'
import { AddedFault, type FaultRule, FaultSchema } from '../../lib/faults.js'
import type { Service } from '../../service.js'
import { controlOperation, Done } from './operation.js'

const ADD = controlOperation({
  id: 'addFault',
  summary: 'Adds a fault that requests meet',
  // The list of faults says what is wrong with a rule.
  body: v.looseObject({}),
  documentedBody: FaultSchema,
  response: AddedFault,
})
const LIST = controlOperation({
  id: 'listFaults',
  summary: 'The faults, oldest first',
  response: v.strictObject({ faults: v.array(AddedFault) }),
})
const CLEAR = controlOperation({ id: 'clearFaults', summary: 'Removes all faults', response: Done })
const REMOVE = controlOperation({
  id: 'removeFault',
  summary: 'Removes a fault',
  response: Done,
  errors: [404],
})

export function faultRoutes({ faults: { faults } }: Service): Hono {
  function add(rule: object) {
    try {
      return faults.add(rule as FaultRule)
    } catch (error) {
      throw error instanceof TypeError ? invalidRequest(`The fault is not valid: ${error.message}.`) : error
    }
  }

  return new Hono()
    .post('/faults', ADD, c => json(add(c.var.body)))
    .get('/faults', LIST, () => json({ faults: faults.list() }))
    .delete('/faults', CLEAR, () => {
      faults.clear()
      return json({ ok: true })
    })
    .delete('/faults/:id', REMOVE, c => {
      if (!faults.remove(c.req.param('id'))) throw notFound('fault')
      return json({ ok: true })
    })
}
