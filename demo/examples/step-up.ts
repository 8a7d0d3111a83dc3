/** The step-up of a single-page app, without the user interface. */
import { createClient, launch, sms, whatsapp } from 'authsignal-channels'

const client = createClient({
  tenantId: 'demo-tenant',
  baseUrl: 'http://localhost:4010/v1',
  channels: { whatsapp, sms, launch },
})

export type Channel = 'whatsapp' | 'sms'

export interface Outcome {
  readonly isPaid?: boolean | undefined
  /** A message for the user. */
  readonly problem?: string | undefined
}

/** Starts a step-up and sends a code to the user's phone. */
export async function sendCode(channel: Channel): Promise<Outcome> {
  const { token, problem } = await callBackend('start')
  if (!token) return { problem }
  client.setToken(token)
  return resendCode(channel)
}

/** Sends another code. The earlier one is then no longer valid. */
export async function resendCode(channel: Channel): Promise<Outcome> {
  const { errorDescription } = await client[channel].challenge()
  return { problem: errorDescription }
}

/** Checks what the user typed. A wrong code can be corrected. */
export async function checkCode(channel: Channel, code: string): Promise<Outcome> {
  const { token, failureReason, errorDescription } = await client[channel].verify({ code })
  if (token) return callBackend('finish', { token })
  if (failureReason === 'MAX_ATTEMPTS_EXCEEDED') return { problem: 'Too many attempts. Wait a few minutes.' }
  return { problem: errorDescription ?? 'That code is wrong or has expired.' }
}

/** Runs the whole step-up on the hosted page, in a popup. */
export async function openHostedPage(): Promise<Outcome> {
  const { url, problem } = await callBackend('start')
  if (!url) return { problem }
  const { token, errorDescription } = await client.launch(url)
  return token ? callBackend('finish', { token }) : { problem: errorDescription }
}

/** Calls your own backend. Its failures are values too. */
async function callBackend(step: 'start' | 'finish', body: object = {}): Promise<BackendResult> {
  try {
    const response = await fetch(`/api/step-up/${step}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    const result: BackendResult = await response.json()
    if (response.ok) return result.isPaid === false ? { problem: 'The payment was not confirmed.' } : result
  } catch {
    // There is no connection, or the response is not JSON.
  }
  return { problem: 'Our server did not respond. Try again.' }
}

type BackendResult = Outcome & { readonly token?: string; readonly url?: string }
