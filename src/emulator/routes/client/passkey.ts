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
import { operation } from '../../http/operation.js'
import { userAgentOf } from '../../http/request.js'
import { json } from '../../http/response.js'
import {
  AuthenticationOptions,
  IsoTime,
  RegistrationOptions as RegistrationOptionsShape,
  verified,
} from '../../http/shapes.js'
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

/** The same operation exists with `/web` at the end of its path. */
const WAYS = ['', '/web'] as const
type Way = (typeof WAYS)[number]

const idOf = (id: string, way: Way) => (way === '' ? id : `${id}Web`)

const nameAction = (way: Way) =>
  operation({
    id: idOf('nameAction', way),
    summary: 'Names the action of a sign-in with a passkey, before the user is known',
    body: NamedAction,
    response: v.strictObject({ challengeId: v.string() }),
  })

const registrationOptions = (way: Way) =>
  operation({
    id: idOf('passkeyRegistrationOptions', way),
    summary: 'Starts the registration of a passkey',
    body: RegistrationOptions,
    response: v.strictObject({ challengeId: v.string(), options: RegistrationOptionsShape }),
    errors: [403],
  })

const assertionOptions = (way: Way) =>
  operation({
    id: idOf('passkeyAuthenticationOptions', way),
    summary: 'Starts the use of a passkey',
    body: AssertionOptions,
    response: v.strictObject({ challengeId: v.string(), options: AuthenticationOptions }),
    errors: [403, 404],
  })

const REGISTER = operation({
  id: 'registerPasskey',
  summary: 'Registers a passkey',
  body: Registration,
  response: v.strictObject({
    ...verified,
    userAuthenticatorId: v.string(),
    userId: v.string(),
    credentialId: v.string(),
  }),
  errors: [403, 502],
})

const VERIFY = operation({
  id: 'verifyPasskey',
  summary: 'Verifies the user by a passkey',
  body: Assertion,
  response: v.strictObject({
    ...verified,
    userId: v.string(),
    userAuthenticatorId: v.string(),
    username: v.optional(v.string()),
    userDisplayName: v.optional(v.string()),
  }),
  errors: [403, 404, 502],
})

const FIND = operation({
  id: 'findPasskey',
  summary: 'The first of several credentials that is known',
  query: CredentialQuery,
  response: v.strictObject({ credentialId: v.string(), verifiedAt: IsoTime }),
  errors: [404],
})

export function passkeyRoutes(service: Service): Hono {
  const { browsers, ceremonies, users } = service

  /** A new browser for calls that end in `/web`. */
  const newBrowser = (way: Way) => (way === '/web' ? browsers.create() : undefined)

  const respond = (body: object, request: Request, browser: Browser | undefined) =>
    json(body, browser && { headers: keepBrowser(service, browser, request) })

  /** The cookie of the browser that has named this action by `/challenge/web`. */
  function cookieOfNamed(c: Context, challengeId: string | undefined): string | undefined {
    const sender = readBrowser(service, c)
    const isTheirs = challengeId !== undefined && sender?.challengeId === challengeId
    return isTheirs ? sender.cookieId : undefined
  }

  const routes = new Hono()

  for (const way of WAYS) {
    routes.post(`/challenge${way}`, bearerOrTenant(service), nameAction(way), c => {
      const { action, idempotencyKey } = c.var.body
      const browser = newBrowser(way)
      const challengeId = ceremonies.nameAction(action, idempotencyKey)
      if (browser !== undefined) browser.challengeId = challengeId
      return respond({ challengeId }, c.req.raw, browser)
    })
    routes.post(
      `/user-authenticators/passkey/registration-options${way}`,
      bearer(service),
      registrationOptions(way),
      c => {
        const { authenticatorAttachment, ...names } = c.var.body
        const browser = newBrowser(way)
        const started = ceremonies.registrationOptions(c.var.caller, METHOD, {
          ...names,
          attachment: authenticatorAttachment,
          cookieId: browser?.cookieId,
        })
        return respond(started, c.req.raw, browser)
      },
    )
    routes.post(
      `/user-authenticators/passkey/authentication-options${way}`,
      bearerOrTenant(service),
      assertionOptions(way),
      c => {
        const { challengeId } = c.var.body
        const browser = newBrowser(way)
        const cookieId = browser?.cookieId ?? cookieOfNamed(c, challengeId)
        const started = ceremonies.assertionOptions(c.var.caller, METHOD, { challengeId, cookieId })
        return respond(started, c.req.raw, browser)
      },
    )
  }

  routes.post('/user-authenticators/passkey', bearer(service), REGISTER, async c => {
    const { body } = c.var
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
  routes.post('/verify/passkey', bearerOrTenant(service), VERIFY, async c => {
    const { body } = c.var
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
  routes.get('/user-authenticators/passkey', tenant(service), FIND, c => {
    const { credentialIds, credentialId } = c.var.query
    const wanted = [...credentialIds.split(','), credentialId]
    for (const user of users.all())
      for (const { credential, verifiedAt } of verifiedOf(user, METHOD))
        if (verifiedAt !== undefined && wanted.includes(credential.id))
          return json({ credentialId: credential.id, verifiedAt: toIso(verifiedAt) })
    // Upstream documents the code, but not the status.
    throw new ApiError(404, 'invalid_credential', 'None of the credentials is known.')
  })

  return routes
}
