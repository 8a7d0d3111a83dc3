/**
 * WhatsApp by Meta's Cloud API, with an authentication template that has a button to copy the code.
 *
 * @see https://developers.facebook.com/docs/whatsapp/business-management-api/authentication-templates/
 */

import {
  baseUrlOf,
  type ProviderContext,
  type ProviderResponse,
  post,
  type Refusal,
  settingsOf,
} from './http.js'
import type { DeliveryProblem, MessageProvider } from './types.js'

const CODES: readonly (readonly [DeliveryProblem, readonly number[]])[] = [
  ['unauthorized', [0, 3, 10, 190]],
  ['rate_limited', [4, 80007, 130429, 131048, 131056]],
  ['bad_number', [131026]],
  ['bad_request', [100]],
  ['insufficient_credit', [131042]],
  ['bad_template', [131047, 132001, 132015, 132016]],
  ['blocked', [368, 130497]],
]

export function metaWhatsapp(context: ProviderContext): MessageProvider {
  const { env } = context
  const settings = settingsOf(env, ['META_ACCESS_TOKEN', 'META_PHONE_NUMBER_ID', 'META_TEMPLATE_NAME'])
  const baseUrl = baseUrlOf(env, 'META_BASE_URL', 'https://graph.facebook.com')
  const version = env.META_API_VERSION || 'v21.0'
  const url = `${baseUrl}/${version}/${encodeURIComponent(settings.META_PHONE_NUMBER_ID)}/messages`
  const authorization = `Bearer ${settings.META_ACCESS_TOKEN}`
  const language = { code: env.META_TEMPLATE_LANGUAGE || 'en_US' }
  return {
    name: 'meta',
    send({ to, code }) {
      const parameters = [{ type: 'text', text: code }]
      const components = [
        { type: 'body', parameters },
        // `url` is also the type of the button that copies the code.
        { type: 'button', sub_type: 'url', index: '0', parameters },
      ]
      const body = {
        messaging_product: 'whatsapp',
        recipient_type: 'individual',
        to,
        type: 'template',
        template: { name: settings.META_TEMPLATE_NAME, language, components },
      }
      const idOf = ({ json }: ProviderResponse) => json?.messages?.[0]?.id
      return post(context, { url, authorization, body }, { idOf, problemOf })
    },
  }
}

/** The code decides: the statuses of the same code differ. */
function problemOf({ json }: ProviderResponse): Refusal {
  const code: unknown = json?.error?.code
  if (typeof code !== 'number') return {}
  const isPermission = code >= 200 && code < 300
  const problem = isPermission ? 'unauthorized' : CODES.find(([, codes]) => codes.includes(code))?.[0]
  return { problem, code }
}
