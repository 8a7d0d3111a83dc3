/**
 * An authenticator made of software: P-256 keys, and CBOR written by hand (WebAuthn 6, CTAP 2.1).
 *
 * It follows its instructions, right or wrong; a real one refuses wrong ones.
 */

export interface Behaviour {
  readonly origin?: string
  readonly rpId?: string
  readonly isUserPresent?: boolean
  readonly isUserVerified?: boolean
  readonly counter?: number
  readonly type?: string
  readonly challenge?: string
  readonly topOrigin?: string
  /** The ID of the new credential, in base64url. */
  readonly credentialId?: string
}

export interface Key {
  readonly id: string
  readonly keys: CryptoKeyPair
  readonly aaguid: string
  counter: number
  userHandle?: string
}

const ORIGIN = 'http://localhost:3000'
const NO_AAGUID = '00000000-0000-0000-0000-000000000000'

const utf8 = (text: string) => new TextEncoder().encode(text)

export const base64Url = (bytes: Uint8Array) =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '')

export const fromBase64Url = (text: string) =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), character => character.charCodeAt(0))

function concat(...parts: readonly (Uint8Array | readonly number[])[]): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(parts.flatMap(part => [...part]))
}

const sha256 = async (bytes: Uint8Array<ArrayBuffer>) =>
  new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))

/** Returns the result of `navigator.credentials.create` as its JSON: a new key, without attestation. */
export async function register(
  // biome-ignore lint/suspicious/noExplicitAny: the response of the service
  options: any,
  behaviour: Behaviour = {},
  aaguid = NO_AAGUID,
) {
  const keys = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, [
    'sign',
    'verify',
  ])
  const credentialId = behaviour.credentialId
    ? fromBase64Url(behaviour.credentialId)
    : crypto.getRandomValues(new Uint8Array(32))
  const key: Key = { id: base64Url(credentialId), keys, aaguid, counter: 0, userHandle: options.user.id }
  const authenticatorData = concat(
    await head(options.rp.id, behaviour, key, 0x40),
    fromHex(aaguid.replaceAll('-', '')),
    [0, credentialId.length],
    credentialId,
    await coseKey(keys.publicKey),
  )
  const response = {
    id: key.id,
    rawId: key.id,
    type: 'public-key',
    authenticatorAttachment: 'platform',
    clientExtensionResults: {},
    response: {
      clientDataJSON: clientData('webauthn.create', options.challenge, behaviour),
      attestationObject: base64Url(
        concat(
          [0xa3],
          [...cborText('fmt'), ...cborText('none')],
          [...cborText('attStmt'), 0xa0],
          [...cborText('authData'), 0x59, authenticatorData.length >> 8, authenticatorData.length & 255],
          authenticatorData,
        ),
      ),
      transports: ['internal'],
    },
  }
  return { key, response }
}

/** Returns the result of `navigator.credentials.get` as its JSON. */
// biome-ignore lint/suspicious/noExplicitAny: the response of the service
export async function sign(key: Key, options: any, behaviour: Behaviour = {}) {
  key.counter += 1
  const authenticatorData = await head(options.rpId, behaviour, key, 0)
  const clientDataJSON = clientData('webauthn.get', options.challenge, behaviour)
  const data = concat(authenticatorData, await sha256(fromBase64Url(clientDataJSON)))
  const raw = await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, key.keys.privateKey, data)
  return {
    id: key.id,
    rawId: key.id,
    type: 'public-key',
    authenticatorAttachment: null,
    clientExtensionResults: {},
    response: {
      clientDataJSON,
      authenticatorData: base64Url(authenticatorData),
      signature: base64Url(derSignature(new Uint8Array(raw))),
      userHandle: key.userHandle,
    },
  }
}

async function head(rpId: string, behaviour: Behaviour, key: Key, flags: number) {
  const { isUserPresent = true, isUserVerified = true, counter = key.counter } = behaviour
  const bits = flags | (isUserPresent ? 1 : 0) | (isUserVerified ? 4 : 0)
  const count = new Uint8Array(4)
  new DataView(count.buffer).setUint32(0, counter)
  return concat(await sha256(utf8(behaviour.rpId ?? rpId)), [bits], count)
}

function clientData(type: string, challenge: string, behaviour: Behaviour): string {
  const { origin = ORIGIN, topOrigin } = behaviour
  const data = {
    type: behaviour.type ?? type,
    challenge: behaviour.challenge ?? challenge,
    origin,
    crossOrigin: topOrigin !== undefined,
    topOrigin,
  }
  return base64Url(utf8(JSON.stringify(data)))
}

/** A short text in CBOR. */
const cborText = (text: string) => [0x60 + text.length, ...utf8(text)]

/** A P-256 public key in COSE: kty 2, alg -7, crv 1, x, y. */
async function coseKey(publicKey: CryptoKey) {
  const point = new Uint8Array(await crypto.subtle.exportKey('raw', publicKey))
  const [x, y] = [point.slice(1, 33), point.slice(33)]
  return concat([0xa5, 1, 2, 3, 0x26, 0x20, 1, 0x21, 0x58, 32], x, [0x22, 0x58, 32], y)
}

/** The two halves of a signature as WebCrypto writes them, in DER. */
export function derSignature(raw: Uint8Array): Uint8Array<ArrayBuffer> {
  const integer = (half: Uint8Array) => {
    const start = half.findIndex(byte => byte !== 0)
    const digits = [...half.slice(start)]
    const bytes = digits[0]! > 127 ? [0, ...digits] : digits
    return [2, bytes.length, ...bytes]
  }
  const body = [...integer(raw.slice(0, 32)), ...integer(raw.slice(32))]
  return concat([0x30, body.length], body)
}

const fromHex = (hex: string) => Uint8Array.from(hex.match(/../g) ?? [], byte => Number.parseInt(byte, 16))
