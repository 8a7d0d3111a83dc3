/**
 * Operations of the control routes: each can also be refused because of who calls.
 */

import * as v from 'valibot'
import { type Operation, operation } from '../../http/operation.js'

export const controlOperation = <Body = undefined, Query = undefined>(declared: Operation<Body, Query>) =>
  operation<Body, Query>({ ...declared, errors: [403, ...(declared.errors ?? [])] })

/** The response of a call that has nothing to return. */
export const Done = v.strictObject({ ok: v.literal(true) })
