/**
 * Keeps password managers in step with the server: what it no longer knows should not be offered again.
 *
 * No call waits for it, and no failure of it may break a sign-in that has worked.
 *
 * @see https://w3c.github.io/webauthn/#sctn-signal-methods
 * @module
 */
import type { ChannelContext } from '../../context.js'
import type { RequestOptions } from '../../lib/request.js'
import type { Authenticator } from '../responses.js'

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
export async function reportUnknown(
  context: ChannelContext,
  rpId = location.hostname,
  credentialId: string,
): Promise<void> {
  try {
    await signals().signalUnknownCredential?.({ rpId, credentialId })
  } catch (cause) {
    warn(context, cause)
  }
}

/**
 * These are the passkeys that the user has; the one just used is among them, whatever the list says.
 *
 * @param verifiedToken What the ceremony has given. Without it, the list can be had in cookie mode only.
 */
export async function reportAccepted(
  context: ChannelContext,
  { credentials }: RequestOptions,
  verifiedToken: string | undefined,
  rpId = location.hostname,
  userId: string | undefined,
  used: string,
): Promise<void> {
  if (!userId || !signals().signalAllAcceptedCredentials) return
  // Given the list of another user, whose token the client may hold, the password manager would delete
  // the passkeys of this one.
  if (verifiedToken ? verifiedToken !== context.token : !credentials) return
  try {
    const list = await context.request<Authenticator[]>('/client/user-authenticators', {
      method: 'GET',
      as: verifiedToken ? 'token' : 'tenant',
      credentials,
      quiet: true,
    })
    if (!Array.isArray(list.data)) return warn(context, list)
    const ids = list.data.flatMap(({ webauthnCredential, verificationMethod }) =>
      verificationMethod === 'PASSKEY' && webauthnCredential ? [webauthnCredential.credentialId] : [],
    )
    const allAcceptedCredentialIds = [...new Set([...ids, used])]
    await signals().signalAllAcceptedCredentials?.({ rpId, userId, allAcceptedCredentialIds })
  } catch (cause) {
    warn(context, cause)
  }
}

/** Never an error: the sign-in has worked, and the next one reports again. */
function warn({ enableLogging }: ChannelContext, cause: unknown): void {
  if (enableLogging) console.warn('[Authsignal] Passkey sync failed', cause)
}
