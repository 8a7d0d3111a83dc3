/**
 * QR codes over REST: the browser's side, which shows a code and waits (contract 3.10.1).
 *
 * Over WebSocket it is `../../qr-connection.ts`.
 */

import { Hono } from 'hono'
import { isAnswered } from '../../authsignal/approvals.js'
import { bearerOrTenant, type MaybeBearerEnv } from '../../http/authorization.js'
import { QrChallenge, QrVerify } from '../../http/fields.js'
import { readBody, userAgentOf } from '../../http/request.js'
import { toIso } from '../../lib/clock.js'
import { invalidRequest, json, notFound } from '../../lib/errors.js'
import { equalSecrets } from '../../lib/secrets.js'
import type { Service } from '../../service.js'
import { verification } from './verification.js'

export function qrCodeRoutes(service: Service): Hono<MaybeBearerEnv> {
  const { approvals } = service
  return new Hono<MaybeBearerEnv>()
    .post('/challenge/qr-code', bearerOrTenant(service), async c => {
      const { action: actionCode, custom } = await readBody(c.req.raw, QrChallenge)
      const userAgent = userAgentOf(c.req.raw)
      const approval = approvals.startQr(c.var.caller, { actionCode, custom, userAgent })
      const { challengeId, deviceCode, expiresAt } = approval
      return json({ challengeId, deviceCode, expiresAt: toIso(expiresAt) })
    })
    .post('/verify/qr-code', bearerOrTenant(service), async c => {
      const { challengeId, deviceCode } = await readBody(c.req.raw, QrVerify)
      const approval = approvals.find('QR_CODE', challengeId)
      // The code proves that it is the browser that shows the picture.
      if (!equalSecrets(deviceCode, approval.deviceCode ?? '')) throw notFound('challenge')
      if (approvals.isExpired(approval)) throw invalidRequest('The challenge has expired.')
      const isClaimed = approval.state !== 'unclaimed'
      if (approval.state !== 'approved' || approval.action === undefined)
        return json({ isClaimed, isConsumed: isAnswered(approval), isVerified: false })
      const verified = await verification(service, c.req.raw, approval.action)
      return json({ ...verified, isClaimed, isConsumed: true })
    })
}
