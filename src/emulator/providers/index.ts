/**
 * The message providers by name. One is set up by the environment: each names what is missing there.
 */

import { birdSms, birdWhatsapp } from './bird.js'
import type { Environment, ProviderContext } from './http.js'
import { messageMediaSms } from './messagemedia.js'
import { metaWhatsapp } from './meta.js'
import { modicaSms } from './modica.js'
import { smtpEmail } from './smtp.js'
import { tnzSms } from './tnz.js'
import { twilioSms, twilioWhatsapp } from './twilio.js'
import type { MessageProvider, MessageProviders } from './types.js'

type Create = (context: ProviderContext) => MessageProvider

export const PROVIDERS: Readonly<Record<keyof MessageProviders, Readonly<Record<string, Create>>>> = {
  sms: { bird: birdSms, twilio: twilioSms, messagemedia: messageMediaSms, tnz: tnzSms, modica: modicaSms },
  whatsapp: { twilio: twilioWhatsapp, bird: birdWhatsapp, meta: metaWhatsapp },
  email: { smtp: smtpEmail },
}

/** In real time. */
const TIMEOUT_MS = 10_000

/**
 * Throws a `TypeError` for a name that there is not, or a setting that is missing.
 *
 * @param overrides For tests: another `fetch` or a shorter timeout.
 */
export function createProvider(
  channel: keyof MessageProviders,
  name: string,
  env: Environment,
  overrides: Partial<ProviderContext> = {},
): MessageProvider {
  const create = Object.hasOwn(PROVIDERS[channel], name) ? PROVIDERS[channel][name] : undefined
  if (create === undefined)
    throw new TypeError(`"${channel}" must be one of ${Object.keys(PROVIDERS[channel]).join(', ')}`)
  return create({ env, fetch: (url, init) => fetch(url, init), timeoutMs: TIMEOUT_MS, ...overrides })
}
