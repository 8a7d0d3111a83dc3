/**
 * TNZ: SMS. It takes most messages before it has checked token and number, so taken says less than elsewhere.
 *
 * @see https://www.tnz.co.nz/Docs/RESTAPI/
 */

import { baseUrlOf, choiceOf, type ProviderContext, type ProviderResponse, post, settingsOf } from './http.js'
import type { MessageProvider } from './types.js'

export function tnzSms(context: ProviderContext): MessageProvider {
  const { env } = context
  const { TNZ_AUTH_TOKEN: token } = settingsOf(env, ['TNZ_AUTH_TOKEN'])
  const version = choiceOf(env, 'TNZ_API_VERSION', ['3.00', '2.04'])
  const baseUrl = `${baseUrlOf(env, 'TNZ_BASE_URL', 'https://api.tnz.co.nz')}/api/v${version}`
  // Here the number of the sender has no plus.
  const from = env.TNZ_FROM && { FromNumber: env.TNZ_FROM.replace(/^\+/, '') }
  return {
    name: 'tnz',
    send({ to, body }) {
      const request =
        version === '3.00'
          ? {
              url: `${baseUrl}/sms`,
              authorization: `Bearer ${token}`,
              body: { Message: body, ToNumber: to, ...from },
            }
          : {
              url: `${baseUrl}/send/sms`,
              // The token as it is, not in base64 once more.
              authorization: `Basic ${token}`,
              body: { MessageData: { Message: body, Destinations: [{ Recipient: to }], ...from } },
            }
      const idOf = ({ json }: ProviderResponse) =>
        [undefined, 'Success'].includes(json?.Result) ? json?.MessageID : undefined
      return post(context, request, { idOf, problemOf })
    },
  }
}

function problemOf({ json }: ProviderResponse) {
  const messages = [json?.ErrorMessage].flat().map(String)
  const has = (text: string) => messages.some(each => each.includes(text))
  if (json?.Result === 'Unauthorized' || has('Unauthorized') || has('Missing Sender'))
    return { problem: 'unauthorized', code: json?.Result } as const
  if (has('Could not find any valid destination'))
    return { problem: 'bad_number', code: json?.Result } as const
  return { code: json?.Result }
}
