/**
 * Starts the page: connects to the backend, then shows the app, or the phone alone at `/phone`.
 *
 * @module
 */
import { render } from 'preact'
import { App } from './app.js'
import { Phone } from './inbox.js'
import { followMessages } from './messages.js'
import { asProblem } from './problem.js'
import { config, connect } from './sdk.js'
import { refreshUser } from './user.js'

const root = document.body

try {
  await connect()
  await refreshUser()
  if (config.service === 'emulator') await followMessages(() => refreshUser())
  render(location.pathname === '/phone' ? <PhoneAlone /> : <App />, root)
} catch (error) {
  render(<NotConnected description={asProblem(error).message} />, root)
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
