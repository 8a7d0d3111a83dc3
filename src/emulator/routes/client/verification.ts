/**
 * The response of every completed verification: a new token, and the authenticator that it enrolled.
 */

import type { ActionReference } from '../../authsignal/actions.js'
import { ALL_SCOPES } from '../../authsignal/scopes.js'
import type { Authenticator } from '../../authsignal/users.js'
import { addressOf } from '../../http/request.js'
import { clientAuthenticator } from '../../http/views.js'
import type { Service } from '../../service.js'

export async function verification(
  { config, tokens }: Service,
  request: Request,
  action: ActionReference,
  enrolled?: Authenticator | undefined,
) {
  return {
    isVerified: true,
    accessToken: await tokens.issue(action, ALL_SCOPES, addressOf(request, config)),
    ...(enrolled && { userAuthenticator: clientAuthenticator(enrolled) }),
  }
}
