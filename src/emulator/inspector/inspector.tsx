/**
 * Starts the inspector, the page of a running emulator.
 *
 * @module
 */
import { render } from 'preact'
import { App } from './app.js'
import { followEmulator } from './state/emulator.js'

render(<App />, document.body)
void followEmulator()
