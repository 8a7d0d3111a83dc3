/**
 * On whose pages a credential may be used: origins that the RP ID covers (WebAuthn 5.1.2).
 */

import type { EmulatorConfig } from '../../options.js'

type Rules = Pick<EmulatorConfig, 'rpId' | 'origins'>

/** Whether a ceremony may take place on pages of this origin. Any port will do, unless `origins` is set. */
export function isExpectedOrigin(origin: string, { rpId, origins }: Rules): boolean {
  if (origins !== undefined) return origins.includes(origin)
  if (!URL.canParse(origin)) return false
  const { protocol, hostname } = new URL(origin)
  const isCovered = hostname === rpId || hostname.endsWith(`.${rpId}`)
  const isLocal = hostname === 'localhost' || hostname.endsWith('.localhost')
  return isCovered && (protocol === 'https:' || (protocol === 'http:' && isLocal))
}
