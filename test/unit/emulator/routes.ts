/**
 * Every route that takes a body, and who calls it; `abuse.test.ts` checks that none is missing.
 */

import type { Harness } from './harness.js'
import { PROJECT } from './notp.js'

export type Route = readonly [
  caller: 'client' | 'anonymous' | 'server' | 'notp' | 'control',
  method: string,
  path: string,
]

export const ROUTES: readonly Route[] = [
  ['client', 'POST', '/challenge/sms'],
  ['client', 'POST', '/challenge/whatsapp'],
  ['client', 'POST', '/challenge/email-otp'],
  ['client', 'POST', '/challenge/email-magic-link'],
  ['client', 'POST', '/verify/sms'],
  ['client', 'POST', '/verify/whatsapp'],
  ['client', 'POST', '/verify/email-otp'],
  ['client', 'POST', '/verify/email-magic-link/finalize'],
  ['client', 'POST', '/user-authenticators/sms'],
  ['client', 'POST', '/user-authenticators/email-otp'],
  ['client', 'POST', '/user-authenticators/email-magic-link'],
  ['client', 'POST', '/user-authenticators/totp'],
  ['client', 'POST', '/verify/totp'],
  ['anonymous', 'POST', '/challenge'],
  ['anonymous', 'POST', '/challenge/web'],
  ['client', 'POST', '/user-authenticators/passkey/registration-options'],
  ['client', 'POST', '/user-authenticators/passkey/registration-options/web'],
  ['client', 'POST', '/user-authenticators/passkey'],
  ['anonymous', 'POST', '/user-authenticators/passkey/authentication-options'],
  ['anonymous', 'POST', '/user-authenticators/passkey/authentication-options/web'],
  ['anonymous', 'POST', '/verify/passkey'],
  ['client', 'POST', '/user-authenticators/security-key/registration-options'],
  ['client', 'POST', '/user-authenticators/security-key'],
  ['client', 'POST', '/user-authenticators/security-key/authentication-options'],
  ['client', 'POST', '/verify/security-key'],
  ['client', 'POST', '/challenge/push'],
  ['client', 'POST', '/verify/push'],
  ['client', 'POST', '/user-authenticators/push'],
  ['anonymous', 'POST', '/user-authenticators/push/remove'],
  ['anonymous', 'POST', '/user-authenticators/push/challenge'],
  ['anonymous', 'POST', '/challenge/qr-code'],
  ['anonymous', 'POST', '/verify/qr-code'],
  ['client', 'POST', '/init'],
  ['server', 'POST', '/challenge'],
  ['server', 'POST', '/verify'],
  ['server', 'POST', '/claim'],
  ['server', 'POST', '/validate'],
  ['server', 'PATCH', '/users/jane'],
  ['server', 'POST', '/users/jane'],
  ['server', 'POST', '/users/jane/authenticators'],
  ['server', 'POST', '/users/jane/devices/device/invalidate'],
  ['server', 'POST', '/users/jane/actions/pay'],
  ['server', 'PATCH', '/users/jane/actions/pay/key'],
  ['server', 'POST', '/sessions'],
  ['server', 'POST', '/sessions/validate'],
  ['server', 'POST', '/sessions/refresh'],
  ['server', 'POST', '/sessions/revoke'],
  ['server', 'POST', '/sessions/user/revoke'],
  ['notp', 'POST', '/notp/whatsapp/signup'],
  ['notp', 'POST', '/notp/whatsapp/signin'],
  ['notp', 'POST', '/notp/whatsapp/signup-in'],
  ['notp', 'POST', '/notp/whatsapp/update'],
  ['notp', 'POST', '/notp/pending-session'],
  ['notp', 'POST', '/refresh'],
  ['notp', 'POST', '/logout'],
  ['control', 'POST', '/emulator/clock'],
  ['control', 'POST', '/emulator/outcomes'],
  ['control', 'POST', '/emulator/reset'],
  ['control', 'POST', '/emulator/push/enroll'],
  ['control', 'POST', '/emulator/push/respond'],
  ['control', 'POST', '/emulator/qr/claim'],
  ['control', 'POST', '/emulator/qr/respond'],
  ['control', 'POST', '/emulator/notp/approve'],
  ['control', 'PUT', '/emulator/snapshot'],
  ['control', 'POST', '/emulator/tenants'],
  ['control', 'POST', '/emulator/faults'],
  ['control', 'POST', '/emulator/webhooks'],
  ['control', 'POST', '/emulator/webhooks/deliveries/id/replay'],
  ['control', 'POST', '/emulator/users'],
]

const PREFIXES = {
  client: '/v1/client',
  anonymous: '/v1/client',
  server: '/v1',
  notp: '/v1/auth',
  control: '',
}

/** The path as the emulator sees it. */
export const fullPath = ([caller, , path]: Route) => PREFIXES[caller] + path

export const tenantHeader = { Authorization: `Basic ${btoa('demo-tenant')}` }

/** The token of a tracked action, and a refresh token of nOTP. */
export interface Tokens {
  readonly token: string
  readonly refreshJwt: string
}

/** Calls a route as a caller who may. */
export function send(
  harness: Harness,
  { token, refreshJwt }: Tokens,
  [caller, method, path]: Route,
  body: unknown,
) {
  if (caller === 'client') return harness.client(token, path, { method, body })
  if (caller === 'server') return harness.server(path, { method, body })
  const headers: Record<string, string> =
    caller === 'anonymous'
      ? tenantHeader
      : caller === 'notp'
        ? { Authorization: `Bearer ${PROJECT}:${refreshJwt}` }
        : {}
  return harness.call(PREFIXES[caller] + path, { method, body, headers })
}
