/**
 * What every completed verification answers: a new token, and what it enrolled (contract 3.1).
 */

import { ALL_SCOPES } from '../../authsignal/scopes.js'
import type { Action, Authenticator } from '../../authsignal/store.js'
import { originOf } from '../../http/request.js'
import { clientAuthenticator } from '../../http/views.js'
import type { Service } from '../../service.js'

export async function verification(
  { tokens }: Service,
  request: Request,
  action: Action,
  enrolled?: Authenticator | undefined,
) {
  return {
    isVerified: true,
    accessToken: await tokens.issue(action, ALL_SCOPES, originOf(request)),
    ...(enrolled && { userAuthenticator: clientAuthenticator(enrolled) }),
  }
}
