/**
 * The service that the pages of a test talk to: the emulator on a port, seen from a backend.
 *
 * @module
 */
import { Authsignal, VerificationMethod } from '@authsignal/node'
import * as emulatorLibrary from 'authsignal-channels/emulator'
import { PATIENCE } from './patience.js'

export type Method = 'SMS' | 'WHATSAPP' | 'EMAIL_OTP'

export interface Service {
  readonly emulator: emulatorLibrary.Emulator
  /** Where it is, for pages on other origins. */
  readonly url: string
  /** What SDKs take as `baseUrl`. */
  readonly baseUrl: string
  readonly tenantId: string
  /** The real server SDK. */
  readonly backend: Authsignal
  /** A new user, who can get codes by these methods. */
  newUser(...methods: readonly Method[]): Promise<User>
  close(): Promise<void>
}

export interface User {
  readonly userId: string
  readonly phoneNumber: string
  readonly email: string
  /** The next code that is sent to the user. */
  nextCode(method: Method): Promise<string>
}

let users = 0

/** @param library The emulator to start: that of the sources or of the build, unless a test has another. */
export async function startService(
  options: emulatorLibrary.EmulatorOptions = {},
  { createEmulator, listen }: Pick<typeof emulatorLibrary, 'createEmulator' | 'listen'> = emulatorLibrary,
): Promise<Service> {
  const emulator = createEmulator(options)
  const { url, close } = await listen(emulator, { port: 0 })
  const { tenantId, apiSecretKey } = emulator.config
  const backend = new Authsignal({ apiSecretKey, apiUrl: `${url}/v1`, retries: 0 })

  return {
    emulator,
    url,
    baseUrl: `${url}/v1`,
    tenantId,
    backend,
    async newUser(...methods) {
      const number = String(++users).padStart(4, '0')
      const userId = `user-${number}`
      const phoneNumber = `+6421100${number}`
      const email = `user-${number}@example.com`
      for (const method of methods) {
        const attributes =
          method === 'EMAIL_OTP'
            ? { verificationMethod: VerificationMethod.EMAIL_OTP, email }
            : { verificationMethod: VerificationMethod[method], phoneNumber }
        await backend.enrollVerifiedAuthenticator({ userId, attributes })
      }
      return {
        userId,
        phoneNumber,
        email,
        nextCode: method =>
          emulator.messages.nextCode({
            timeout: PATIENCE,
            ...(method === 'EMAIL_OTP'
              ? { channel: 'EMAIL', to: email }
              : { channel: method, to: phoneNumber }),
          }),
      }
    },
    close,
  }
}
