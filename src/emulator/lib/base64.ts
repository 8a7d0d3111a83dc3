/**
 * Base64 and base64url, for bytes and for text.
 */

const decoder = new TextDecoder()

/** Decodes text from base64 or base64url, padded or not; `undefined` when it is neither. */
export function decodeBase64(text: string): string | undefined {
  const bytes = decodeBytes(text)
  return bytes && decoder.decode(bytes)
}

/** Decodes bytes from base64 or base64url, padded or not; `undefined` when it is neither. */
export function decodeBytes(text: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/').replace(/=+$/, ''))
    const bytes = new Uint8Array(binary.length)
    for (let index = 0; index < binary.length; index++) bytes[index] = binary.charCodeAt(index)
    return bytes
  } catch {
    return undefined
  }
}

export const encodeBase64 = (bytes: Uint8Array) => btoa(String.fromCharCode(...bytes))

export const encodeBase64Url = (bytes: Uint8Array) =>
  encodeBase64(bytes).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
