/**
 * What every completed verification answers: a new token, and what it enrolled (contract 3.1).
 */

import { originOf } from '../../request.js'
import { ALL_SCOPES } from '../../scopes.js'
import type { Service } from '../../service.js'
import type { Action, Authenticator } from '../../store.js'
import { clientAuthenticator } from '../../views.js'

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
