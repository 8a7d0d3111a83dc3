/**
 * `GET /hosted-ui/settings`: what the hosted page reads before it starts. Not part of the real API: its page is built
 * differently.
 */

import { Hono } from 'hono'
import { credentials } from '../http/authorization.js'
import { json } from '../http/response.js'
import type { Service } from '../service.js'

export const hostedUiSettingsRoutes = ({ config, tokens }: Service): Hono =>
  new Hono().get('/hosted-ui/settings', async c => {
    const { actions = {}, ...settings } = config.hostedUi
    const token = credentials(c.req.raw, 'Bearer')
    // The page says itself that a token is no longer valid, in the colours of the tenant.
    const caller = token === undefined ? undefined : await tokens.read(token).catch(() => undefined)
    const code = caller?.action.actionCode
    return json({
      ...settings,
      action: code !== undefined && Object.hasOwn(actions, code) ? actions[code] : undefined,
    })
  })
