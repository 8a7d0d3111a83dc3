/**
 * Modica Group: SMS by the Mobile Gateway, in its first or its second version.
 *
 * @see https://developer.modicagroup.com/
 */

import {
  baseUrlOf,
  basic,
  choiceOf,
  type ProviderContext,
  type ProviderResponse,
  post,
  settingsOf,
} from './http.js'
import type { DeliveryProblem, MessageProvider } from './types.js'

const PATHS = { '1': '/rest/gateway/messages', '2': '/rest/sms/v2/messages' }

/** `invalid_attrib` is a wrong number or a wrong sender, so it says neither. */
const PROBLEMS: Readonly<Record<string, DeliveryProblem>> = {
  send_failed: 'temporary',
  invalid_json: 'bad_request',
  missing_attrib: 'bad_request',
  invalid_attrib: 'bad_request',
}

export function modicaSms(context: ProviderContext): MessageProvider {
  const { env } = context
  const settings = settingsOf(env, ['MODICA_APPLICATION', 'MODICA_PASSWORD'])
  const version = choiceOf(env, 'MODICA_API_VERSION', ['1', '2'])
  const url = baseUrlOf(env, 'MODICA_BASE_URL', 'https://api.modicagroup.com') + PATHS[version]
  const authorization = basic(settings.MODICA_APPLICATION, settings.MODICA_PASSWORD)
  const headers = version === '1' ? { Accept: 'application/vnd.modica.gateway.v1+json' } : {}
  return {
    name: 'modica',
    send: ({ to, body }) =>
      post(
        context,
        { url, authorization, headers, body: { destination: to, content: body } },
        { idOf: version === '1' ? firstOf : anyIdOf, problemOf },
      ),
  }
}

const firstOf = ({ json }: ProviderResponse) => (Array.isArray(json) ? json[0] : undefined)

/** The form of the second version is not documented, and the body may be empty: the status decides. */
const anyIdOf = ({ json }: ProviderResponse) => [json].flat()[0]?.id ?? [json].flat()[0] ?? ''

const problemOf = ({ json }: ProviderResponse) => ({ problem: PROBLEMS[json?.error], code: json?.error })
