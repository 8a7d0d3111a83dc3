/**
 * Base64 and base64url, for bytes and for text.
 */

/** Decodes text from base64 or base64url, padded or not; `undefined` when it is neither. */
export function decodeBase64(text: string): string | undefined {
  const bytes = decodeBytes(text)
  return bytes && new TextDecoder().decode(bytes)
}

/** Decodes bytes from base64 or base64url, padded or not; `undefined` when it is neither. */
export function decodeBytes(text: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/').replace(/=+$/, ''))
    return Uint8Array.from(binary, character => character.charCodeAt(0))
  } catch {
    return undefined
  }
}

export const encodeBase64 = (bytes: Uint8Array) => btoa(String.fromCharCode(...bytes))

export const encodeBase64Url = (bytes: Uint8Array) =>
  encodeBase64(bytes).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
