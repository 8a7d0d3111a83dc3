/**
 * `/emulator/snapshot`: reads and replaces the whole state.
 */

import { Hono } from 'hono'
import * as v from 'valibot'
import { json } from '../../http/response.js'
import { invalidRequest } from '../../lib/errors.js'
import type { Service } from '../../service.js'
import { controlOperation, Done } from './operation.js'

/** Enough for a full emulator. */
export const MAX_SNAPSHOT_BYTES = 64 * 1024 * 1024

/** What is in it belongs to one version of the emulator. */
const Snapshot = v.looseObject({})

const SAVE = controlOperation({
  id: 'getSnapshot',
  summary: 'The whole state. It contains secrets',
  response: Snapshot,
})
const LOAD = controlOperation({
  id: 'restoreSnapshot',
  summary: 'Replaces the whole state by a snapshot',
  body: Snapshot,
  maxBodyBytes: MAX_SNAPSHOT_BYTES,
  response: Done,
})

export function snapshotRoutes({ snapshots }: Service): Hono {
  return new Hono()
    .get('/snapshot', SAVE, async () => json(await snapshots.save()))
    .put('/snapshot', LOAD, async c => {
      await snapshots.load(c.var.body).catch(error => {
        throw error instanceof TypeError
          ? invalidRequest(`The snapshot is not valid: ${error.message}.`)
          : error
      })
      return json({ ok: true })
    })
}
