/**
 * A passkey that is registered without a browser: a P-256 key, and CBOR written by hand.
 *
 * @see https://www.w3.org/TR/webauthn-3/#sctn-attestation
 */

/** The part of the options of a registration that matters here. */
export interface RegistrationOptions {
  readonly challenge: string
  readonly rp: { readonly id: string }
  /** The ID is base64url. */
  readonly user: { readonly id: string }
}

/** A passkey as a virtual authenticator of Chromium takes it. All binary values are base64. */
export interface Passkey {
  readonly credentialId: string
  readonly privateKey: string
  readonly rpId: string
  readonly userHandle: string
}

/** Creates a passkey, and the response of `navigator.credentials.create()` as JSON, without attestation. */
export async function createPasskey({ challenge, rp, user }: RegistrationOptions) {
  const keys = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, [
    'sign',
    'verify',
  ])
  const id = crypto.getRandomValues(new Uint8Array(32))
  const rpIdHash = new Uint8Array(await crypto.subtle.digest('SHA-256', Buffer.from(rp.id)))
  const authenticatorData = Buffer.concat([
    rpIdHash,
    // User present, user verified, and attested credential data included; then the counter and no AAGUID.
    Uint8Array.of(0x45, 0, 0, 0, 0),
    new Uint8Array(16),
    Uint8Array.of(0, id.length),
    id,
    await coseKey(keys.publicKey),
  ])
  const credentialId = Buffer.from(id)
  const passkey: Passkey = {
    credentialId: credentialId.toString('base64'),
    privateKey: Buffer.from(await crypto.subtle.exportKey('pkcs8', keys.privateKey)).toString('base64'),
    rpId: rp.id,
    userHandle: Buffer.from(user.id, 'base64url').toString('base64'),
  }
  const clientData = { type: 'webauthn.create', challenge, origin: `https://${rp.id}`, crossOrigin: false }
  const attestation = Buffer.concat([
    Uint8Array.of(0xa3),
    cborText('fmt'),
    cborText('none'),
    cborText('attStmt'),
    Uint8Array.of(0xa0),
    cborText('authData'),
    Uint8Array.of(0x59, authenticatorData.length >> 8, authenticatorData.length & 255),
    authenticatorData,
  ])
  const registrationCredential = {
    id: credentialId.toString('base64url'),
    rawId: credentialId.toString('base64url'),
    type: 'public-key',
    authenticatorAttachment: 'platform',
    clientExtensionResults: {},
    response: {
      clientDataJSON: Buffer.from(JSON.stringify(clientData)).toString('base64url'),
      attestationObject: attestation.toString('base64url'),
      transports: ['internal'],
    },
  }
  return { passkey, registrationCredential }
}

/** A short text in CBOR. */
const cborText = (text: string) => Buffer.concat([Uint8Array.of(0x60 + text.length), Buffer.from(text)])

/** A P-256 public key in COSE: kty 2, alg -7, crv 1, x, y. */
async function coseKey(publicKey: CryptoKey) {
  const point = Buffer.from(await crypto.subtle.exportKey('raw', publicKey))
  return Buffer.concat([
    Uint8Array.of(0xa5, 1, 2, 3, 0x26, 0x20, 1, 0x21, 0x58, 32),
    point.subarray(1, 33),
    Uint8Array.of(0x22, 0x58, 32),
    point.subarray(33),
  ])
}
