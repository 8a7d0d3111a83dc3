/**
 * The signature of a webhook, as the SDKs of backends verify it (`docs/protocol.md`, "Webhooks").
 */

import { encodeBase64 } from '../lib/base64.js'

/** The header that has the signature. */
export const SIGNATURE_HEADER = 'X-Signature-V2'

/** The value of the header, for a body that is sent at this time, in seconds since 1970. */
export async function signatureOf(body: string, secretKey: string, seconds: number): Promise<string> {
  const encoder = new TextEncoder()
  const algorithm = { name: 'HMAC', hash: 'SHA-256' }
  const key = await crypto.subtle.importKey('raw', encoder.encode(secretKey), algorithm, false, ['sign'])
  const signature = await crypto.subtle.sign(algorithm.name, key, encoder.encode(`${seconds}.${body}`))
  return `t=${seconds},v2=${encodeBase64(new Uint8Array(signature)).replace(/=+$/, '')}`
}
