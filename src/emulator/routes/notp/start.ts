/**
 * `/notp/whatsapp/*`: starts a login, and tells how its message is sent (nOTP contract 5, 6 and 11).
 */

import { Hono } from 'hono'
import * as v from 'valibot'
import { NotpSignIn, NotpSignUp, NotpSignUpOrIn, NotpUpdate, PhoneNumber } from '../../http/fields.js'
import { encodeBase64 } from '../../lib/base64.js'
import { json } from '../../lib/errors.js'
import { type LoginRequest, linkOf } from '../../notp/pending-logins.js'
import type { Service } from '../../service.js'
import { callerSession, project, readNotpBody } from './request.js'

export function startRoutes(service: Service): Hono {
  const authenticate = project(service)

  async function start(request: LoginRequest): Promise<Response> {
    const login = service.notp.logins.start(request)
    const redirectUrl = linkOf(login)
    // Loaded when the first login starts, so that an emulator without any stays small.
    const { qrPicture } = await import('../../notp/qr-picture.js')
    const image = encodeBase64(await qrPicture(redirectUrl))
    return json({ pendingRef: login.pendingRef, redirectUrl, image })
  }

  return new Hono()
    .post('/signup', authenticate, async c => {
      const { loginId, user, phone, loginOptions } = await readNotpBody(c.req.raw, NotpSignUp)
      const { phone: ownPhone, ...profile } = user
      const { customClaims, tenantId } = loginOptions
      return start({
        flow: 'signup',
        loginId,
        profile,
        phone: ownPhone ?? phoneNumber(phone),
        customClaims,
        tenantId,
      })
    })
    .post('/signin', authenticate, async c => {
      const { loginId, loginOptions } = await readNotpBody(c.req.raw, NotpSignIn)
      const { stepup, mfa, customClaims, tenantId, revokeOtherSessions } = loginOptions
      const factor = stepup || mfa ? { of: await callerSession(service, c.req.raw), stepup, mfa } : undefined
      return start({ flow: 'signin', loginId, factor, revokeOtherSessions, customClaims, tenantId })
    })
    .post('/signup-in', authenticate, async c => {
      const { loginId, loginOptions } = await readNotpBody(c.req.raw, NotpSignUpOrIn)
      const { customClaims, tenantId } = loginOptions
      return start({ flow: 'signup-in', loginId, customClaims, tenantId })
    })
    .post('/update', authenticate, async c => {
      const { loginId, phone, addToLoginIDs } = await readNotpBody(c.req.raw, NotpUpdate)
      const { user } = await callerSession(service, c.req.raw)
      return start({ flow: 'update', loginId, user, phone, addToLoginIDs })
    })
}

const phoneNumber = (text: string | undefined) => (v.is(PhoneNumber, text) ? text : undefined)
