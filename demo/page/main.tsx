/**
 * Starts the page: connects to the backend, then shows the app, or the phone alone at `/phone`.
 *
 * @module
 */
import 'authsignal-channels/elements/code'
import { render } from 'preact'
import { App } from './app.js'
import { followAccounts, keepAccounts } from './authenticator-app.js'
import { readClock, startClock } from './clock.js'
import { followMessages } from './messages.js'
import { Phone } from './phone/phone.js'
import { asProblem } from './problem.js'
import { followPushRequests, pushRequests } from './push-requests.js'
import { codeOnScreen } from './qr-codes.js'
import { config, connect } from './sdk.js'
import { refreshUser } from './user.js'
import { forgetWhatsapp } from './whatsapp.js'

const root = document.body
const isPhoneAlone = location.pathname === '/phone'

try {
  await connect()
  const { authenticators } = await refreshUser()
  if (!isPhoneAlone) {
    // A scenario that was in progress before the page was loaded again does not continue.
    keepAccounts(authenticators)
    codeOnScreen.value = ''
    forgetWhatsapp()
  }
  if (config.service === 'emulator') await turnPhoneOn()
  render(isPhoneAlone ? <PhoneAlone /> : <App />, root)
} catch (error) {
  render(<NotConnected description={asProblem(error).message} />, root)
}

async function turnPhoneOn(): Promise<void> {
  await startClock()
  await followMessages(() => {
    keepAccounts([])
    pushRequests.value = []
    forgetWhatsapp()
    // If the demo has stopped, the phone shows that already.
    void Promise.allSettled([readClock(), refreshUser()])
  })
  followAccounts()
  void followPushRequests()
}

function PhoneAlone() {
  return (
    <main class="phone-alone">
      <h1 class="visually-hidden">The phone of the demo</h1>
      <Phone />
    </main>
  )
}

function NotConnected({ description }: { readonly description: string }) {
  return (
    <main class="not-connected">
      <h1>The demo could not start</h1>
      <p role="alert">{description}</p>
      <button type="button" class="primary" onClick={() => location.reload()}>
        Try again
      </button>
    </main>
  )
}
