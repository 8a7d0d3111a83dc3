/** The app that every bundler builds: a client of each kind. */
import { Authsignal, createClient, whatsapp } from 'authsignal-channels'

const { tenantId, baseUrl } = Object.fromEntries(new URLSearchParams(location.search))
window.clients = {
  createClient: createClient({ tenantId, baseUrl, channels: { whatsapp } }),
  Authsignal: new Authsignal({ tenantId, baseUrl }),
}
