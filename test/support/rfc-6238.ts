/**
 * Codes of an authenticator app, computed from the text of RFC 6238 alone: a second opinion on the emulator's.
 */

export async function totpCode(secret: Uint8Array<ArrayBuffer>, nowMs: number): Promise<string> {
  const algorithm = { name: 'HMAC', hash: 'SHA-1' }
  const key = await crypto.subtle.importKey('raw', secret, algorithm, false, ['sign'])
  const counter = new DataView(new ArrayBuffer(8))
  counter.setBigUint64(0, BigInt(Math.floor(nowMs / 30_000)))
  const digest = new DataView(await crypto.subtle.sign('HMAC', key, counter))
  const offset = digest.getUint8(19) & 15
  const number = digest.getUint32(offset) & 0x7fff_ffff
  return String(number % 1_000_000).padStart(6, '0')
}

/** Reads base32 without padding (RFC 4648). */
export function base32(text: string): Uint8Array<ArrayBuffer> {
  const bits = [...text].map(character => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(character))
  const binary = bits.map(value => value.toString(2).padStart(5, '0')).join('')
  return Uint8Array.from(binary.match(/.{8}/g) ?? [], byte => Number.parseInt(byte, 2))
}
