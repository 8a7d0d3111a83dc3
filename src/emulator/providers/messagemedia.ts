/**
 * MessageMedia, now Sinch Engage: SMS.
 *
 * @see https://messagemedia.github.io/documentation/
 */

import { baseUrlOf, basic, type ProviderContext, type ProviderResponse, post, settingsOf } from './http.js'
import type { MessageProvider } from './types.js'

export function messageMediaSms(context: ProviderContext): MessageProvider {
  const { env } = context
  const settings = settingsOf(env, ['MESSAGEMEDIA_API_KEY', 'MESSAGEMEDIA_API_SECRET'])
  const authorization = basic(settings.MESSAGEMEDIA_API_KEY, settings.MESSAGEMEDIA_API_SECRET)
  const url = `${baseUrlOf(env, 'MESSAGEMEDIA_BASE_URL', 'https://api.messagemedia.com')}/v1/messages`
  const source = env.MESSAGEMEDIA_SOURCE_NUMBER
  return {
    name: 'messagemedia',
    send({ to, body }) {
      const message = {
        content: body,
        destination_number: to,
        format: 'SMS',
        ...(source && { source_number: source }),
      }
      const idOf = ({ json }: ProviderResponse) => json?.messages?.[0]?.message_id
      return post(context, { url, authorization, body: { messages: [message] } }, { idOf, problemOf })
    },
  }
}

/** A refused number is found by the pointer in `details`; 403 was the status of wrong credentials before. */
function problemOf({ status, json }: ProviderResponse) {
  if (status === 403) return { problem: 'unauthorized' } as const
  const details: unknown[] = Array.isArray(json?.details) ? json.details : []
  const isNumber = details.some(each => String(each).startsWith('/messages/0/destination_number'))
  return status === 400 && isNumber ? ({ problem: 'bad_number' } as const) : undefined
}
