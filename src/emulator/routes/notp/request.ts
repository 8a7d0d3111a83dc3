/**
 * What a request to nOTP brought: the project, the refresh token, the body (nOTP contract 3).
 */

import type { MiddlewareHandler } from 'hono'
import * as v from 'valibot'
import { parseInput, readBody } from '../../http/request.js'
import { asApiError } from '../../lib/errors.js'
import {
  invalidArgument,
  malformed,
  missingArgument,
  missingProject,
  missingToken,
  unknownProject,
} from '../../notp/errors.js'
import type { NotpSession } from '../../notp/sessions.js'
import type { Service } from '../../service.js'
import { REFRESH_COOKIE } from './response.js'

/** The project ID, with or without tokens behind it. */
export function project({ config }: Service): MiddlewareHandler {
  return async (c, next) => {
    const [projectId] = bearerParts(c.req.raw)
    if (projectId === undefined) throw missingProject()
    if (projectId !== config.projectId) throw unknownProject()
    await next()
  }
}

/** The session whose refresh token came with the request; else throws. */
export async function callerSession({ config, notp }: Service, request: Request): Promise<NotpSession> {
  const [, fromBearer] = bearerParts(request)
  const fromCookie = config.notpTokenDelivery === 'cookies' ? cookie(request, REFRESH_COOKIE) : undefined
  const refreshJwt = fromBearer || fromCookie
  if (!refreshJwt) throw missingToken()
  return notp.sessions.read(refreshJwt)
}

export async function readNotpBody<Output>(
  request: Request,
  schema: v.GenericSchema<unknown, Output>,
): Promise<Output> {
  const body = await readBody(request, v.looseObject({})).catch(error => {
    const { status, description } = asApiError(error)
    throw malformed(description, status)
  })
  const result = parseInput(schema, body)
  if (result.success) return result.output
  // The first key is always one the schema knows; further ones could have come with the request.
  const [{ path, received }] = result.issues
  const field = String(path?.[0]?.key ?? 'body')
  throw received === 'undefined' ? missingArgument(field) : invalidArgument(`"${field}" is not valid.`)
}

/** The parts of the bearer: project ID, refresh token, and a key for management that nothing here asks for. */
function bearerParts(request: Request): readonly (string | undefined)[] {
  const [scheme, value = '', ...rest] = (request.headers.get('Authorization') ?? '').split(' ')
  return scheme?.toLowerCase() === 'bearer' && value !== '' && rest.length === 0 ? value.split(':') : []
}

function cookie(request: Request, name: string): string | undefined {
  const pairs = (request.headers.get('Cookie') ?? '').split(';').map(pair => pair.trim())
  return pairs.find(pair => pair.startsWith(`${name}=`))?.slice(name.length + 1)
}
