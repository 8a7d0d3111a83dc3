/**
 * Bird: SMS as text, WhatsApp by a template (Channels API).
 *
 * @see https://docs.bird.com/api/channels-api
 */

import { baseUrlOf, type ProviderContext, post, type Reading, settingsOf } from './http.js'
import type { MessageProvider, OutgoingMessage } from './types.js'

const NAME = 'bird'

const READING: Reading = { idOf: ({ json }) => json?.id, problemOf: ({ json }) => ({ code: json?.code }) }

export function birdSms(context: ProviderContext): MessageProvider {
  const send = sender(context, 'BIRD_CHANNEL_ID')
  return { name: NAME, send: ({ to, body }) => send(to, { body: { type: 'text', text: { text: body } } }) }
}

export function birdWhatsapp(context: ProviderContext): MessageProvider {
  const { env } = context
  const send = sender(context, 'BIRD_WHATSAPP_CHANNEL_ID')
  const { BIRD_TEMPLATE_PROJECT_ID: projectId } = settingsOf(env, ['BIRD_TEMPLATE_PROJECT_ID'])
  const key = env.BIRD_TEMPLATE_PARAMETER || 'code'
  const version = env.BIRD_TEMPLATE_VERSION || 'latest'
  const locale = env.BIRD_TEMPLATE_LOCALE || 'en'
  return {
    name: NAME,
    send({ to, code }: OutgoingMessage) {
      const parameters = [{ type: 'string', key, value: code }]
      return send(to, { template: { projectId, version, locale, parameters } })
    },
  }
}

function sender(context: ProviderContext, channel: 'BIRD_CHANNEL_ID' | 'BIRD_WHATSAPP_CHANNEL_ID') {
  const { env } = context
  const settings = settingsOf(env, ['BIRD_ACCESS_KEY', 'BIRD_WORKSPACE_ID', channel])
  const baseUrl = baseUrlOf(env, 'BIRD_BASE_URL', 'https://api.bird.com')
  const [workspace, id] = [settings.BIRD_WORKSPACE_ID, settings[channel]].map(encodeURIComponent)
  const url = `${baseUrl}/workspaces/${workspace}/channels/${id}/messages`
  const authorization = `AccessKey ${settings.BIRD_ACCESS_KEY}`
  return (to: string, content: object) => {
    const receiver = { contacts: [{ identifierKey: 'phonenumber', identifierValue: to }] }
    return post(context, { url, authorization, body: { receiver, ...content } }, READING)
  }
}
