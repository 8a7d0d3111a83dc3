/**
 * The origins whose pages may use a credential: those that the RP ID covers.
 *
 * @see https://www.w3.org/TR/webauthn-3/#rp-id
 */

import type { EmulatorConfig } from '../../options.js'

type Rules = Pick<EmulatorConfig, 'rpId' | 'origins'>

/** Whether pages of this origin may use credentials. Any port is allowed unless `origins` is set. */
export function isExpectedOrigin(origin: string, { rpId, origins }: Rules): boolean {
  if (origins !== undefined) return origins.includes(origin)
  if (!URL.canParse(origin)) return false
  const url = new URL(origin)
  // A browser sends an origin: a URL with a path or a query was made up.
  if (url.origin !== origin) return false
  const { protocol, hostname } = url
  const isCovered = hostname === rpId || hostname.endsWith(`.${rpId}`)
  const isLocal = hostname === 'localhost' || hostname.endsWith('.localhost')
  return isCovered && (protocol === 'https:' || (protocol === 'http:' && isLocal))
}
