/**
 * The responses of authenticators as browsers serialise them, `PublicKeyCredential.toJSON()`.
 *
 * @see https://www.w3.org/TR/webauthn-3/#dom-publickeycredential-tojson
 */

import * as v from 'valibot'
import { decodeBase64 } from '../../lib/base64.js'

const base64Url = v.pipe(v.string(), v.maxLength(16_384), v.regex(/^[A-Za-z0-9_-]*$/))

/** Browsers write `null` for a value that they do not have. */
const orNull = <Output>(schema: v.GenericSchema<Output>) =>
  v.pipe(
    v.nullish(schema),
    v.transform(value => value ?? undefined),
  )

export const Attachment = orNull(v.picklist(['platform', 'cross-platform']))

const credential = {
  id: v.pipe(base64Url, v.minLength(1), v.maxLength(2048)),
  rawId: base64Url,
  type: v.literal('public-key'),
  authenticatorAttachment: Attachment,
  clientExtensionResults: v.optional(v.record(v.string(), v.unknown()), {}),
}

export const RegistrationResponse = v.object({
  ...credential,
  response: v.object({
    clientDataJSON: base64Url,
    attestationObject: base64Url,
    transports: v.optional(
      v.pipe(v.array(v.pipe(v.string(), v.minLength(1), v.maxLength(256))), v.maxLength(16)),
    ),
  }),
})

export const AuthenticationResponse = v.object({
  ...credential,
  response: v.object({
    clientDataJSON: base64Url,
    authenticatorData: base64Url,
    signature: base64Url,
    userHandle: orNull(base64Url),
  }),
})

export type RegistrationResponse = v.InferOutput<typeof RegistrationResponse>
export type AuthenticationResponse = v.InferOutput<typeof AuthenticationResponse>

const ClientData = v.object({
  challenge: v.string(),
  origin: v.string(),
  topOrigin: v.optional(v.string()),
})

type ClientData = v.InferOutput<typeof ClientData>

/** Parses the client data of a response; `undefined` when it is not valid. */
export function readClientData(clientDataJSON: string): ClientData | undefined {
  try {
    const parsed = v.safeParse(ClientData, JSON.parse(decodeBase64(clientDataJSON) ?? ''))
    return parsed.success ? parsed.output : undefined
  } catch {
    return undefined
  }
}
