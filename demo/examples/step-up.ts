/** The step-up of a single-page app: everything but what it looks like. */
import { createClient, launch, sms, whatsapp } from 'authsignal-channels'

const client = createClient({
  tenantId: 'demo-tenant',
  baseUrl: 'http://localhost:4010/v1',
  channels: { whatsapp, sms, launch },
})

export type Channel = 'whatsapp' | 'sms'

export interface Outcome {
  readonly isPaid?: boolean | undefined
  /** What to tell the user. */
  readonly problem?: string | undefined
}

/** Starts a step-up and sends a code to the user's phone. */
export async function sendCode(channel: Channel): Promise<Outcome> {
  const { token, problem } = await askBackend('start')
  if (!token) return { problem }
  client.setToken(token)
  return resendCode(channel)
}

/** Sends another code; the earlier one is void then. */
export async function resendCode(channel: Channel): Promise<Outcome> {
  const { errorDescription } = await client[channel].challenge()
  return { problem: errorDescription }
}

/** Checks what the user typed. A wrong code can be corrected. */
export async function checkCode(channel: Channel, code: string): Promise<Outcome> {
  const { token, failureReason, errorDescription } = await client[channel].verify({ code })
  if (token) return askBackend('finish', { token })
  if (failureReason === 'MAX_ATTEMPTS_EXCEEDED') return { problem: 'Too many attempts. Wait a few minutes.' }
  return { problem: errorDescription ?? 'That code is wrong or has expired.' }
}

/** Lets the hosted page do it all, in a popup. */
export async function openHostedPage(): Promise<Outcome> {
  const { url, problem } = await askBackend('start')
  if (!url) return { problem }
  const { token, errorDescription } = await client.launch(url)
  return token ? askBackend('finish', { token }) : { problem: errorDescription }
}

/** Your own backend. What goes wrong there is a value too. */
async function askBackend(step: 'start' | 'finish', body: object = {}): Promise<BackendAnswer> {
  try {
    const response = await fetch(`/api/step-up/${step}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    const answer: BackendAnswer = await response.json()
    if (response.ok) return answer.isPaid === false ? { problem: 'The payment was not confirmed.' } : answer
  } catch {
    // No connection, or no JSON.
  }
  return { problem: 'Our server did not answer. Try again.' }
}

type BackendAnswer = Outcome & { readonly token?: string; readonly url?: string }
