/**
 * Passkeys: registering one, signing in, and verifying a user who is known.
 *
 * Each call that starts something also exists with `/web` at the end, which ties it to the browser by a cookie.
 */

import { type Context, Hono } from 'hono'
import * as v from 'valibot'
import { verifiedOf } from '../../authsignal/authenticators.js'
import type { Browser } from '../../authsignal/webauthn/browsers.js'
import {
  Attachment,
  AuthenticationResponse,
  RegistrationResponse,
} from '../../authsignal/webauthn/responses.js'
import { bearer, bearerOrTenant, tenant } from '../../http/authorization.js'
import { ActionCode, Id, longText, shortText } from '../../http/fields.js'
import { readBody, readQuery, userAgentOf } from '../../http/request.js'
import { json } from '../../http/response.js'
import { toIso } from '../../lib/clock.js'
import { ApiError } from '../../lib/errors.js'
import type { Service } from '../../service.js'
import { keepBrowser, readBrowser } from './browser-cookie.js'
import { verification } from './verification.js'

const METHOD = 'PASSKEY'

const NamedAction = v.object({ action: ActionCode, idempotencyKey: v.optional(Id) })
const RegistrationOptions = v.object({
  username: v.optional(shortText),
  displayName: v.optional(shortText),
  authenticatorAttachment: Attachment,
})
const Registration = v.object({
  registrationCredential: RegistrationResponse,
  conditionalCreate: v.optional(v.boolean(), false),
  challengeId: v.optional(Id),
  deviceId: v.optional(Id),
})
// A `username` has no effect, so that a caller cannot find out who has a passkey.
const AssertionOptions = v.object({
  challengeId: v.optional(Id),
  username: v.optional(longText),
})
const Assertion = v.object({
  authenticationCredential: AuthenticationResponse,
  deviceId: v.optional(Id),
  challengeId: v.optional(Id),
})
const CredentialQuery = v.object({
  credentialIds: v.optional(v.string(), ''),
  credentialId: v.optional(v.string(), ''),
})

export function passkeyRoutes(service: Service): Hono {
  const { browsers, ceremonies, users } = service

  /** A new browser for calls that end in `/web`. */
  const newBrowser = (request: Request) =>
    new URL(request.url).pathname.endsWith('/web') ? browsers.create() : undefined

  const respond = (body: object, request: Request, browser: Browser | undefined) =>
    json(body, browser && { headers: keepBrowser(service, browser, request) })

  /** The cookie of the browser that has named this action by `/challenge/web`. */
  function cookieOfNamed(c: Context, challengeId: string | undefined): string | undefined {
    const sender = readBrowser(service, c)
    const isTheirs = challengeId !== undefined && sender?.challengeId === challengeId
    return isTheirs ? sender.cookieId : undefined
  }

  return new Hono()
    .on('POST', ['/challenge', '/challenge/web'], bearerOrTenant(service), async c => {
      const { action, idempotencyKey } = await readBody(c.req.raw, NamedAction)
      const browser = newBrowser(c.req.raw)
      const challengeId = ceremonies.nameAction(action, idempotencyKey)
      if (browser !== undefined) browser.challengeId = challengeId
      return respond({ challengeId }, c.req.raw, browser)
    })
    .on(
      'POST',
      [
        '/user-authenticators/passkey/registration-options',
        '/user-authenticators/passkey/registration-options/web',
      ],
      bearer(service),
      async c => {
        const { authenticatorAttachment, ...names } = await readBody(c.req.raw, RegistrationOptions)
        const browser = newBrowser(c.req.raw)
        const started = ceremonies.registrationOptions(c.var.caller, METHOD, {
          ...names,
          attachment: authenticatorAttachment,
          cookieId: browser?.cookieId,
        })
        return respond(started, c.req.raw, browser)
      },
    )
    .post('/user-authenticators/passkey', bearer(service), async c => {
      const body = await readBody(c.req.raw, Registration)
      const { action } = c.var.caller
      const authenticator = await ceremonies.register(c.var.caller, METHOD, body.registrationCredential, {
        challengeId: body.challengeId,
        cookieId: readBrowser(service, c)?.cookieId,
        deviceId: body.deviceId,
        isConditional: body.conditionalCreate,
        userAgent: userAgentOf(c.req.raw),
      })
      const { userAuthenticatorId, userId, credential } = authenticator
      const verified = await verification(service, c.req.raw, action, authenticator)
      return json({ ...verified, userAuthenticatorId, userId, credentialId: credential.id })
    })
    .on(
      'POST',
      [
        '/user-authenticators/passkey/authentication-options',
        '/user-authenticators/passkey/authentication-options/web',
      ],
      bearerOrTenant(service),
      async c => {
        const { challengeId } = await readBody(c.req.raw, AssertionOptions)
        const browser = newBrowser(c.req.raw)
        const cookieId = browser?.cookieId ?? cookieOfNamed(c, challengeId)
        const started = ceremonies.assertionOptions(c.var.caller, METHOD, { challengeId, cookieId })
        return respond(started, c.req.raw, browser)
      },
    )
    .post('/verify/passkey', bearerOrTenant(service), async c => {
      const body = await readBody(c.req.raw, Assertion)
      const { user, action, authenticator, cookieId } = await ceremonies.authenticate(
        c.var.caller,
        METHOD,
        body.authenticationCredential,
        {
          challengeId: body.challengeId,
          cookieId: readBrowser(service, c)?.cookieId,
          deviceId: body.deviceId,
        },
      )
      const browser = browsers.find(cookieId)
      if (browser !== undefined) browser.userId = user.userId
      const { userAuthenticatorId, username, displayName } = authenticator
      return json({
        ...(await verification(service, c.req.raw, action)),
        userId: user.userId,
        userAuthenticatorId,
        username,
        userDisplayName: displayName,
      })
    })
    .get('/user-authenticators/passkey', tenant(service), c => {
      const { credentialIds, credentialId } = readQuery(c.req.raw, CredentialQuery)
      const wanted = [...credentialIds.split(','), credentialId]
      for (const user of users.all())
        for (const { credential, verifiedAt } of verifiedOf(user, METHOD))
          if (verifiedAt !== undefined && wanted.includes(credential.id))
            return json({ credentialId: credential.id, verifiedAt: toIso(verifiedAt) })
      // Upstream documents the code, but not the status.
      throw new ApiError(404, 'invalid_credential', 'None of the credentials is known.')
    })
}
