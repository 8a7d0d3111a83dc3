/**
 * The hosted page: puts its parts together and starts.
 *
 * What it does is in `flow.ts`, how it looks in `screens/` and `challenge.css`.
 *
 * @module
 */

import { render } from 'preact'
import { createFlow } from '../../elements/challenge/flows/flow.js'
import { App } from '../../elements/challenge/screens/app.js'
import { openSession } from '../../elements/challenge/session.js'
import { findOpener } from './opener.js'
import { readPageAddress } from './page-address.js'

const address = readPageAddress(location.href)
const opener = findOpener(address.mode, window)
const isFramed = window.parent !== window

const flow = createFlow({
  address,
  opener,
  isFramed,
  openSession: token => openSession(token, location.origin),
  // Replaced, not added: going back from the app must not lead to a page whose code is used up.
  navigate: target => location.replace(target),
})

document.documentElement.classList.toggle('framed', isFramed)
render(<App flow={flow} opener={opener} isFramed={isFramed} />, document.getElementById('app')!)
void flow.start()
