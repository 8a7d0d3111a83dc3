/**
 * QR codes over REST: starting a challenge, and polling for the response.
 *
 * QR codes over WebSocket are in `../qr-connection.ts`.
 */

import { Hono } from 'hono'
import * as v from 'valibot'
import { hasResponse } from '../../authsignal/approvals.js'
import { bearerOrTenant, type MaybeBearerEnv } from '../../http/authorization.js'
import { ActionCode, CustomData, Id } from '../../http/fields.js'
import { operation } from '../../http/operation.js'
import { userAgentOf } from '../../http/request.js'
import { json } from '../../http/response.js'
import { IsoTime, verified } from '../../http/shapes.js'
import { asText } from '../../lib/bounded-json.js'
import { toIso } from '../../lib/clock.js'
import { invalidRequest, notFound } from '../../lib/errors.js'
import { equalSecrets } from '../../lib/secrets.js'
import type { Service } from '../../service.js'
import { verification } from './verification.js'

const QrChallenge = v.object({ action: v.optional(ActionCode), custom: v.optional(asText(CustomData)) })
const QrVerify = v.object({ challengeId: Id, deviceCode: Id })

const CHALLENGE = operation({
  id: 'challengeQrCode',
  summary: 'Starts a challenge that a phone claims by a QR code',
  body: QrChallenge,
  response: v.strictObject({ challengeId: v.string(), deviceCode: v.string(), expiresAt: IsoTime }),
  errors: [403],
})
const progress = { isClaimed: v.boolean(), isConsumed: v.boolean() }
const VERIFY = operation({
  id: 'verifyQrCode',
  summary: 'Whether the code was scanned, and the challenge approved',
  body: QrVerify,
  response: v.union([
    v.strictObject({ ...verified, ...progress }),
    v.strictObject({ isVerified: v.literal(false), ...progress }),
  ]),
  errors: [404],
})

export function qrCodeRoutes(service: Service): Hono<MaybeBearerEnv> {
  const { approvals } = service
  return new Hono<MaybeBearerEnv>()
    .post('/challenge/qr-code', bearerOrTenant(service), CHALLENGE, c => {
      const { action: actionCode, custom } = c.var.body
      const userAgent = userAgentOf(c.req.raw)
      const approval = approvals.startQr(c.var.caller, { actionCode, custom, userAgent })
      const { challengeId, deviceCode, expiresAt } = approval
      return json({ challengeId, deviceCode, expiresAt: toIso(expiresAt) })
    })
    .post('/verify/qr-code', bearerOrTenant(service), VERIFY, async c => {
      const { challengeId, deviceCode } = c.var.body
      const approval = approvals.find('QR_CODE', challengeId)
      // Only the browser that shows the QR code knows its device code.
      if (!equalSecrets(deviceCode, approval.deviceCode ?? '')) throw notFound('challenge')
      if (approvals.isExpired(approval)) throw invalidRequest('The challenge has expired.')
      const isClaimed = approval.state !== 'unclaimed'
      if (approval.state !== 'approved' || approval.action === undefined)
        return json({ isClaimed, isConsumed: hasResponse(approval), isVerified: false })
      const verified = await verification(service, c.req.raw, approval.action)
      return json({ ...verified, isClaimed, isConsumed: true })
    })
}
