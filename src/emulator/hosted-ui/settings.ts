/**
 * The settings of the tenant, which the page reads before it starts.
 *
 * @module
 */

import type { AuthsignalChallengeElement } from '../../elements/challenge/index.js'

export interface PageSettings
  extends Partial<Pick<AuthsignalChallengeElement, 'action' | 'brand' | 'theme'>> {
  readonly accent?: string
  readonly lang?: string
  readonly methods?: readonly string[]
}

/** Without settings, for example when the service cannot be reached, the page is as it is by default. */
export async function loadSettings(token: string | undefined): Promise<PageSettings> {
  try {
    const headers: HeadersInit = token ? { Authorization: `Bearer ${token}` } : {}
    // Beside the page, where the tenant of its address is too.
    const response = await fetch(new URL('hosted-ui/settings', location.href), { headers })
    return response.ok ? await response.json() : {}
  } catch {
    return {}
  }
}
