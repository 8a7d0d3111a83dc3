/** Clients that a library exports: their types must be writable into its declaration files. */
import { Authsignal, createClient, launch, sms, whatsapp } from 'authsignal-channels'

export const authsignal = new Authsignal({ tenantId: 'acme' })

export const client = createClient({
  tenantId: 'acme',
  channels: {
    sms,
    whatsapp,
    launch,
    inline: ({ request }) => ({ find: () => request<{ name: string }>('/find') }),
  },
})

export const verify = (code: string) => client.whatsapp.verify({ code })
