/**
 * Keeps password managers in step with the server: what it no longer knows should not be offered again.
 *
 * Nobody waits for any of it, and none of it may cost the user a sign-in that has worked.
 *
 * @see https://w3c.github.io/webauthn/#sctn-signal-methods
 * @module
 */
import type { ChannelContext } from '../context.js'
import type { RequestOptions } from '../request.js'
import type { Authenticator } from './types.js'

type Signals = {
  signalUnknownCredential?(options: { rpId: string; credentialId: string }): Promise<void>
  signalAllAcceptedCredentials?(options: {
    rpId: string
    userId: string
    allAcceptedCredentialIds: string[]
  }): Promise<void>
}

const signals = (): Signals => (globalThis.PublicKeyCredential ?? {}) as Signals

/** The server has no such passkey. */
export async function reportUnknown(rpId = location.hostname, credentialId: string): Promise<void> {
  try {
    await signals().signalUnknownCredential?.({ rpId, credentialId })
  } catch {
    // refused, or an extension's own that fails
  }
}

/** These are the passkeys that the user has; the one just used is among them, whatever the list says. */
export async function reportAccepted(
  { request, token }: ChannelContext,
  { credentials }: RequestOptions,
  rpId = location.hostname,
  userId: string | undefined,
  used: string,
): Promise<void> {
  if (!userId || !signals().signalAllAcceptedCredentials) return
  const { data } = await request<Authenticator[]>('/client/user-authenticators', {
    method: 'GET',
    as: token ? 'token' : 'tenant', // in cookie mode there may be no token
    credentials,
  })
  if (!data) return
  const ids = data.flatMap(({ webauthnCredential, verificationMethod }) =>
    verificationMethod === 'PASSKEY' && webauthnCredential ? [webauthnCredential.credentialId] : [],
  )
  const allAcceptedCredentialIds = [...new Set([...ids, used])]
  try {
    await signals().signalAllAcceptedCredentials?.({ rpId, userId, allAcceptedCredentialIds })
  } catch {
    // the same
  }
}
