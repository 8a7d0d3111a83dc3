/**
 * `/emulator/snapshot`: reads and replaces the whole state.
 */

import { Hono } from 'hono'
import * as v from 'valibot'
import { readBody } from '../../http/request.js'
import { json } from '../../http/response.js'
import { invalidRequest } from '../../lib/errors.js'
import type { Service } from '../../service.js'

/** Enough for a full emulator. */
export const MAX_SNAPSHOT_BYTES = 64 * 1024 * 1024

export function snapshotRoutes({ snapshots }: Service): Hono {
  return new Hono()
    .get('/snapshot', async () => json(await snapshots.save()))
    .put('/snapshot', async c => {
      const snapshot = await readBody(c.req.raw, v.looseObject({}), MAX_SNAPSHOT_BYTES)
      await snapshots.load(snapshot).catch(error => {
        throw error instanceof TypeError
          ? invalidRequest(`The snapshot is not valid: ${error.message}.`)
          : error
      })
      return json({ ok: true })
    })
}
