/**
 * The page's Authsignal client, as any single-page app would make it, with its calls recorded.
 *
 * @module
 */
import { Authsignal, type NotpSettings } from 'authsignal-channels'
import { get } from './backend.js'
import { logCall } from './calls.js'
import { recordCalls } from './record-calls.js'

interface Config {
  readonly tenantId: string
  readonly baseUrl: string
  /** With a real tenant the codes go to real phones, and time cannot be skipped. */
  readonly service: 'emulator' | 'tenant'
  /** The names of the providers that also send the emulator's messages. */
  readonly providers: readonly string[]
  /** Where nOTP is; a real tenant may have none. */
  readonly notp?: NotpSettings
}

export let config: Config
export let authsignal: Authsignal

let redirectToken: string | undefined

/** Everything else on the page assumes that this has been done. */
export async function connect(): Promise<void> {
  config = await get<Config>('config')
  authsignal = newClient()
  // An app would always call it. Here it is called only when there is a token, to keep the log short.
  if (new URLSearchParams(location.search).has('token')) redirectToken = authsignal.handleRedirect()
}

/** A client without a token, as before a sign-in. */
export function newClient(): Authsignal {
  const { tenantId, baseUrl, notp } = config
  return recordCalls(new Authsignal({ tenantId, baseUrl, notp }), 'browser', logCall)
}

/** The token that the hosted page left in the address when it sent the browser back here; once. */
export function takeRedirectToken(): string | undefined {
  const token = redirectToken
  redirectToken = undefined
  return token
}
