/**
 * The way back to the app: close the popup by a message, or navigate to the app's return address.
 *
 * @module
 */

import type { Exit } from '../../elements/challenge/flows/screen.js'
import type { ChallengeCancelDetail, ChallengeSuccessDetail } from '../../elements/challenge/index.js'
import type { Opener } from './opener.js'
import { type PageAddress, returnAddress } from './page-address.js'

export interface ExitInput {
  readonly address: PageAddress
  readonly opener: Opener | undefined
  navigate(target: string): void
}

export function createExit({ address, opener, navigate }: ExitInput) {
  const { mode, token: initialToken = '' } = address

  const target = (redirectUrl: string | undefined, token = initialToken) =>
    mode === 'redirect' ? returnAddress(redirectUrl, token) : undefined

  function leave(redirectUrl: string | undefined, token?: string) {
    if (opener) return opener.close(token)
    const to = target(redirectUrl, token)
    if (to) navigate(to)
  }

  return {
    exit: (redirectUrl: string | undefined): Exit =>
      opener ? 'close' : target(redirectUrl) ? 'return' : 'none',
    onSuccess: ({ token, redirectUrl }: ChallengeSuccessDetail) => leave(redirectUrl, token),
    onCancel: ({ redirectUrl }: ChallengeCancelDetail) => leave(redirectUrl),
  }
}
