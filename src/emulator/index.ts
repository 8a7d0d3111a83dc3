/**
 * The emulator as a library: `authsignal-channels/emulator`.
 *
 * Importing it is safe anywhere. Only `listen()` needs Node, and loads what it needs when it is called.
 *
 * @module
 */

import type { Listening, ListenOptions, WebServer } from './node/listen.js'

export type { MessageChannel } from './authsignal/methods.js'
export { createEmulator, type Emulator } from './emulator.js'
export type { Clock } from './lib/clock.js'
export type { InboxObserver, Message, MessageFilter, Messages, WaitOptions } from './lib/inbox.js'
export type { EmulatorConfig, EmulatorOptions, NotpTokenDelivery } from './options.js'
export type { Connect, Connection, ConnectionRequest, Socket } from './routes/qr-connection.js'
export type { Listening, ListenOptions, WebServer }

/**
 * Serves an emulator over HTTP, from Node, together with the hosted pages that `launch()` opens.
 *
 * @param server The emulator, or anything with a `fetch(request)`, such as an app that passes on to it; with
 *   `connect: emulator.connect` beside it, WebSockets are passed on too.
 * @param options.port The port; `0` picks a free one. Default `4010`.
 * @param options.host The address. Default: loopback, IPv4 and IPv6.
 * @param options.unsafeHost Lets `host` be an address that other machines can reach. Default `false`.
 * @returns Where it is, and `close()`, which also ends open connections.
 * @throws {TypeError} When an option is not valid; the message names it in quotes.
 * @throws {Error} with `code: 'EADDRINUSE'` when the port is taken.
 *
 * @example
 * const { url, close } = await listen(createEmulator(), { port: 0 })
 */
export async function listen(server: WebServer, options?: ListenOptions): Promise<Listening> {
  const node = await import('./node/listen.js')
  return node.listen(server, options)
}
