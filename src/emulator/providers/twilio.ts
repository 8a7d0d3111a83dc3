/**
 * Twilio: SMS as text, WhatsApp by a content template.
 *
 * @see https://www.twilio.com/docs/messaging/api/message-resource
 */

import {
  baseUrlOf,
  basic,
  type Environment,
  type ProviderContext,
  post,
  type Reading,
  settingsOf,
} from './http.js'
import type { DeliveryProblem, MessageProvider } from './types.js'

const NAME = 'twilio'

/** @see https://www.twilio.com/docs/api/errors */
const PROBLEMS: Readonly<Record<number, DeliveryProblem>> = {
  10001: 'insufficient_credit',
  20003: 'unauthorized',
  20403: 'blocked',
  20429: 'rate_limited',
  21211: 'bad_number',
  21212: 'bad_sender',
  21408: 'blocked',
  21606: 'bad_sender',
  21608: 'bad_number',
  21610: 'blocked',
  21611: 'bad_sender',
  21612: 'bad_number',
  21614: 'bad_number',
}

const READING: Reading = {
  idOf: ({ json }) => json?.sid,
  problemOf: ({ json }) => ({ problem: PROBLEMS[json?.code], code: json?.code }),
}

export function twilioSms(context: ProviderContext): MessageProvider {
  const { env } = context
  const send = sender(context)
  const from = senderOf(env, env.TWILIO_FROM)
  return { name: NAME, send: ({ to, body }) => send({ To: to, ...from, Body: body }) }
}

export function twilioWhatsapp(context: ProviderContext): MessageProvider {
  const { env } = context
  const send = sender(context)
  const { TWILIO_WHATSAPP_FROM: number, TWILIO_CONTENT_SID: ContentSid } = settingsOf(env, [
    'TWILIO_WHATSAPP_FROM',
    'TWILIO_CONTENT_SID',
  ])
  const key = env.TWILIO_CONTENT_VARIABLE || '1'
  return {
    name: NAME,
    send: ({ to, code }) =>
      send({
        To: `whatsapp:${to}`,
        From: `whatsapp:${number}`,
        ContentSid,
        ContentVariables: JSON.stringify({ [key]: code }),
      }),
  }
}

/** A number, or a messaging service that has numbers. */
function senderOf({ TWILIO_MESSAGING_SERVICE_SID: service }: Environment, number: string | undefined) {
  if (!number && !service)
    throw new TypeError('TWILIO_FROM or TWILIO_MESSAGING_SERVICE_SID must be set in the environment')
  return { ...(number && { From: number }), ...(service && { MessagingServiceSid: service }) }
}

function sender(context: ProviderContext) {
  const { env } = context
  const { TWILIO_ACCOUNT_SID: account } = settingsOf(env, ['TWILIO_ACCOUNT_SID'])
  const baseUrl = baseUrlOf(env, 'TWILIO_BASE_URL', 'https://api.twilio.com')
  const url = `${baseUrl}/2010-04-01/Accounts/${encodeURIComponent(account)}/Messages.json`
  const authorization = authorizationOf(env, account)
  return (fields: Record<string, string>) =>
    post(context, { url, authorization, body: new URLSearchParams(fields) }, READING)
}

/** An API key, or the auth token of the account. */
function authorizationOf(env: Environment, account: string): string {
  if (env.TWILIO_API_KEY) {
    const { TWILIO_API_KEY, TWILIO_API_SECRET } = settingsOf(env, ['TWILIO_API_KEY', 'TWILIO_API_SECRET'])
    return basic(TWILIO_API_KEY, TWILIO_API_SECRET)
  }
  return basic(account, settingsOf(env, ['TWILIO_AUTH_TOKEN']).TWILIO_AUTH_TOKEN)
}
