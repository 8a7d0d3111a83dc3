/**
 * `--sms`, `--whatsapp` and `--email`: the message providers that the command line names. Their settings are in the
 * environment, where no list of processes shows them.
 */

import { createProvider, PROVIDERS } from '../providers/index.js'
import type { MessageProvider, MessageProviders } from '../providers/types.js'
import type { SynchronousEvent, WebhookSettings } from '../webhooks/types.js'
import { isWebAddress } from '../webhooks/webhooks.js'

type Channel = keyof MessageProviders

/** The provider `webhook` is a webhook that delivers the messages. */
const WEBHOOKS: Readonly<Record<string, { readonly event: SynchronousEvent; readonly setting: string }>> = {
  sms: { event: 'sms.created', setting: 'SMS_WEBHOOK_URL' },
  email: { event: 'email.created', setting: 'EMAIL_WEBHOOK_URL' },
}

export const namesOf = (channel: Channel) => [
  ...Object.keys(PROVIDERS[channel]),
  ...(WEBHOOKS[channel] ? ['webhook'] : []),
]

/** Throws a `TypeError` for a name that there is not, or a setting that is missing. */
export function providersOf(
  names: Readonly<Record<Channel, string | undefined>>,
  env: NodeJS.ProcessEnv,
): { readonly providers: MessageProviders; readonly webhooks: readonly WebhookSettings[] } {
  const providers: Partial<Record<Channel, MessageProvider>> = {}
  const webhooks: WebhookSettings[] = []
  for (const [channel, name] of Object.entries(names) as [Channel, string | undefined][]) {
    if (name === undefined) continue
    if (!namesOf(channel).includes(name))
      throw new TypeError(`"${channel}" must be one of ${namesOf(channel).join(', ')}`)
    try {
      if (name === 'webhook') webhooks.push(webhookOf(channel, env))
      else providers[channel] = createProvider(channel, name, env)
    } catch (error) {
      throw error instanceof TypeError ? new TypeError(`--${channel} ${name}: ${error.message}`) : error
    }
  }
  return { providers, webhooks }
}

function webhookOf(channel: Channel, env: NodeJS.ProcessEnv): WebhookSettings {
  const { event, setting } = WEBHOOKS[channel]!
  const url = env[setting]
  if (!url) throw new TypeError(`${setting} must be set in the environment`)
  if (!isWebAddress(url)) throw new TypeError(`${setting} must be an http or https address`)
  return { url, events: [event] }
}
