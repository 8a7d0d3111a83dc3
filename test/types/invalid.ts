/** What must not compile: each line says why. Never run. */
import { Authsignal, createClient, sms } from 'authsignal-channels'

// @ts-expect-error a client has a tenant
new Authsignal({})
// @ts-expect-error the regions are four
new Authsignal({ tenantId: 'acme', region: 'mars' })
// @ts-expect-error an option that does not exist
createClient({ tenantId: 'acme', channel: { sms } })

const client = createClient({ tenantId: 'acme', channels: { sms } })
// @ts-expect-error a channel that was not handed over is not on the client
client.whatsapp
// @ts-expect-error a channel is not replaced
client.sms = client.sms
// @ts-expect-error a code is typed text, for a number loses its leading zeros
client.sms.verify({ code: 123456 })
// @ts-expect-error nothing to verify
client.sms.verify()
// @ts-expect-error WhatsApp numbers are enrolled by the backend
new Authsignal({ tenantId: 'acme' }).whatsapp.enroll({ phoneNumber: '+64210000001' })
// @ts-expect-error a name that the client has itself
createClient({ tenantId: 'acme', channels: { setToken: sms } })
// @ts-expect-error a channel is a function
createClient({ tenantId: 'acme', channels: { sms: {} } })
// @ts-expect-error a channel returns its methods
createClient({ tenantId: 'acme', channels: { nothing: () => 1 } })

async function responses() {
  const response = await client.sms.verify({ code: '123456' })
  // @ts-expect-error there may be no token
  response.token.length
  const launching = new Authsignal({ tenantId: 'acme' })
  // @ts-expect-error a redirect leaves, and promises nothing
  launching.launch('https://ui.example', { mode: 'redirect' }).then
  // @ts-expect-error a popup has no window options
  launching.launch('https://ui.example', { mode: 'popup', windowOptions: {} })
}
