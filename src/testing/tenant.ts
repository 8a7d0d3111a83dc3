/**
 * The tenant that a test has to itself: on an emulator that is running, or on one that is started for it.
 */

import { createEmulator, type EmulatorOptions, listen } from 'authsignal-channels/emulator'
import { controlOf } from './control.js'

/** The settings of an app under test. */
export interface Settings {
  /** The secret key of `@authsignal/node`. */
  readonly apiSecretKey: string
  /** The base URL of `@authsignal/node`. */
  readonly apiUrl: string
  /** The tenant ID of the browser client. */
  readonly tenantId: string
  /** The base URL of the browser client. */
  readonly baseUrl: string
}

/** The options of the service, such as its seed and the looks of the hosted page: those of `createEmulator()` that are data. */
export type TenantOptions = Omit<EmulatorOptions, 'url' | 'providers' | 'fetch'>

export interface TestTenant {
  /** Its address, below which its control routes are. */
  readonly url: string
  readonly settings: Settings
  close(): Promise<void>
}

const LIFETIME_MINUTES = 180

/** @param emulatorUrl An emulator that is running. Default: that of `AUTHSIGNAL_EMULATOR_URL`, else a new one. */
export async function useTenant(
  options: TenantOptions = {},
  emulatorUrl: string | undefined = process.env.AUTHSIGNAL_EMULATOR_URL || undefined,
): Promise<TestTenant> {
  if (emulatorUrl === undefined) {
    const emulator = createEmulator(options)
    const { url, close } = await listen(emulator, { port: 0, allowProduction: true })
    return { url, settings: settingsOf({ ...emulator.config, baseUrl: `${url}/v1` }), close }
  }
  const control = controlOf(emulatorUrl.replace(/\/$/, ''))
  const body = { ...options, lifetimeInMinutes: LIFETIME_MINUTES }
  const created = await control
    .post<Omit<Settings, 'apiUrl'> & { url: string }>('/emulator/tenants', body)
    .catch(cause => {
      const remedy = 'Start it: npx authsignal-channels emulator'
      throw cause instanceof TypeError
        ? new Error(`No emulator responds at ${emulatorUrl}. ${remedy}`, { cause })
        : cause
    })
  return {
    url: created.url,
    settings: settingsOf(created),
    // The emulator may have been stopped before.
    close: () => control.delete(`/emulator/tenants/${created.tenantId}`).catch(() => {}),
  }
}

const settingsOf = ({ apiSecretKey, tenantId, baseUrl }: Omit<Settings, 'apiUrl'>): Settings => ({
  apiSecretKey,
  apiUrl: baseUrl,
  tenantId,
  baseUrl,
})
