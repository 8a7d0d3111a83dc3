/**
 * Passkeys: adding one, signing in with one, and proving again who one is (contract 3.7 and 3.8).
 *
 * Each call that begins something has a twin that ends in `/web` and keeps its state in a cookie.
 */

import { Hono } from 'hono'
import { verifiedOf } from '../../authsignal/authenticators.js'
import { bearer, bearerOrTenant, tenant } from '../../http/authorization.js'
import {
  CredentialQuery,
  NamedAction,
  PasskeyAssertion,
  PasskeyAssertionOptions,
  PasskeyRegistration,
  PasskeyRegistrationOptions,
} from '../../http/fields.js'
import { readBody, readQuery, userAgentOf } from '../../http/request.js'
import { toIso } from '../../lib/clock.js'
import { ApiError, json } from '../../lib/errors.js'
import type { Service } from '../../service.js'
import { type Browser, keepBrowser, newBrowser, readBrowser } from './browser-cookie.js'
import { verification } from './verification.js'

const METHOD = 'PASSKEY'

export function passkeyRoutes(service: Service): Hono {
  const { ceremonies, store } = service

  /** The browser that a ceremony is bound to from here on, if it is. */
  const browserOf = (request: Request) =>
    new URL(request.url).pathname.endsWith('/web') ? newBrowser(service) : undefined

  const answer = (body: object, request: Request, browser: Browser | undefined) =>
    json(body, browser && { headers: keepBrowser(service, browser, request) })

  /** The cookie of the browser that has named this action by `/challenge/web`. */
  function namer(request: Request, challengeId: string | undefined): string | undefined {
    const sender = readBrowser(service, request)
    const isTheirs = challengeId !== undefined && sender?.record.challengeId === challengeId
    return isTheirs ? sender.cookieId : undefined
  }

  const named = new Hono().on('POST', ['/challenge', '/challenge/web'], bearerOrTenant(service), async c => {
    const { action, idempotencyKey } = await readBody(c.req.raw, NamedAction)
    const browser = browserOf(c.req.raw)
    const challengeId = ceremonies.nameAction(action, idempotencyKey)
    if (browser !== undefined) browser.record.challengeId = challengeId
    return answer({ challengeId }, c.req.raw, browser)
  })

  const registration = new Hono()
    .on('POST', ['/registration-options', '/registration-options/web'], bearer(service), async c => {
      const { authenticatorAttachment, ...names } = await readBody(c.req.raw, PasskeyRegistrationOptions)
      const browser = browserOf(c.req.raw)
      const begun = ceremonies.registrationOptions(c.var.caller, METHOD, {
        ...names,
        attachment: authenticatorAttachment,
        cookieId: browser?.cookieId,
      })
      return answer(begun, c.req.raw, browser)
    })
    .post('/', bearer(service), async c => {
      const body = await readBody(c.req.raw, PasskeyRegistration)
      const { action } = c.var.caller
      const authenticator = await ceremonies.register(c.var.caller, METHOD, body.registrationCredential, {
        challengeId: body.challengeId,
        cookieId: readBrowser(service, c.req.raw)?.cookieId,
        deviceId: body.deviceId,
        isConditional: body.conditionalCreate,
        userAgent: userAgentOf(c.req.raw),
      })
      const { userAuthenticatorId, userId, credential } = authenticator
      const verified = await verification(service, c.req.raw, action, authenticator)
      return json({ ...verified, userAuthenticatorId, userId, credentialId: credential.id })
    })

  const assertion = new Hono()
    .on(
      'POST',
      [
        '/user-authenticators/passkey/authentication-options',
        '/user-authenticators/passkey/authentication-options/web',
      ],
      bearerOrTenant(service),
      async c => {
        const { challengeId } = await readBody(c.req.raw, PasskeyAssertionOptions)
        const browser = browserOf(c.req.raw)
        const cookieId = browser?.cookieId ?? namer(c.req.raw, challengeId)
        const begun = ceremonies.assertionOptions(c.var.caller, METHOD, { challengeId, cookieId })
        return answer(begun, c.req.raw, browser)
      },
    )
    .post('/verify/passkey', bearerOrTenant(service), async c => {
      const body = await readBody(c.req.raw, PasskeyAssertion)
      const { user, action, authenticator, cookieId } = await ceremonies.authenticate(
        c.var.caller,
        METHOD,
        body.authenticationCredential,
        {
          challengeId: body.challengeId,
          cookieId: readBrowser(service, c.req.raw)?.cookieId,
          deviceId: body.deviceId,
        },
      )
      const browser = cookieId === undefined ? undefined : store.browsers.get(cookieId)
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

  const lookup = new Hono().get('/', tenant(service), c => {
    const { credentialIds, credentialId } = readQuery(c.req.raw, CredentialQuery)
    const wanted = [...credentialIds.split(','), credentialId]
    for (const user of store.users.values())
      for (const { credential, verifiedAt } of verifiedOf(user, METHOD))
        if (verifiedAt !== undefined && wanted.includes(credential.id))
          return json({ credentialId: credential.id, verifiedAt: toIso(verifiedAt) })
    // CHOOSE: the status; contract 3.8.
    throw new ApiError(404, 'invalid_credential', 'None of the credentials is known.')
  })

  return new Hono()
    .route('/', named)
    .route('/', assertion)
    .route('/user-authenticators/passkey', registration)
    .route('/user-authenticators/passkey', lookup)
}
