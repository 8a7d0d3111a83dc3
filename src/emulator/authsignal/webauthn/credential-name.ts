/**
 * What a passkey or security key is called.
 */

import { UAParser } from 'ua-parser-js'
import type { Credential } from '../users.js'
import { productName } from './aaguids.js'

/** The name of the product, or else of the browser that registered it. */
export function credentialName({ aaguid, userAgent }: Credential): string {
  const product = productName(aaguid)
  if (product !== undefined) return product
  const { browser, os } = userAgent === undefined ? {} : UAParser(userAgent)
  return [browser?.name, os?.name].filter(Boolean).join(' on ') || 'Unknown'
}
