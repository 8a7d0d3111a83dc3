/** The page without a browser: a flow whose client answers what a test wants. */
import type { Failure, Result } from 'authsignal-channels'
import { expect, vi } from 'vitest'
import { createFlow, type Flow } from '../../../src/elements/challenge/flows/flow.js'
import type { Screen } from '../../../src/elements/challenge/flows/screen.js'
import type { ChallengeOptions, HostedClient } from '../../../src/elements/challenge/session.js'
import type { Opener } from '../../../src/emulator/hosted-ui/opener.js'
import type { PageAddress } from '../../../src/emulator/hosted-ui/page-address.js'

export const VERIFIED = { isVerified: true, token: 'new.token' }

export const answer = async <T extends object>(data: T) => ({ ...data, data }) as Result<T>

export const failure = async (errorCode: string, details?: Partial<Failure>): Promise<Failure> => ({
  error: errorCode,
  errorCode,
  errorDescription: errorCode,
  ...details,
})

/** One method of a channel; a test can change what it answers. */
const call = <Input extends unknown[]>(data: object) => vi.fn((..._: Input): Promise<object> => answer(data))

type Signalled = { readonly signal?: AbortSignal }

const enroll = () => call({ userAuthenticatorId: 'a', userId: 'u' })
const codes = () => ({ enroll: enroll(), challenge: call({ challengeId: 'c' }), verify: call(VERIFIED) })

export function open(options: ChallengeOptions, address: Partial<PageAddress> = {}, isFramed = false) {
  const client = {
    session: {
      init: call({ challengeOptions: options }),
      removeAuthenticator: call<[string]>({ success: true }),
      token: 'track.token',
    },
    sms: codes(),
    whatsapp: codes(),
    email: codes(),
    emailML: {
      enroll: enroll(),
      challenge: call({ challengeId: 'c' }),
      checkVerificationStatus: call<[Signalled]>(VERIFIED),
    },
    totp: {
      enroll: call({ userAuthenticatorId: 'a', userId: 'u', uri: 'otpauth://totp/x', secret: 'ABCDEFGH' }),
      verify: call(VERIFIED),
    },
    passkey: { signUp: call<[Signalled]>(VERIFIED), signIn: call<[Signalled]>(VERIFIED) },
    securityKey: { enroll: call<[Signalled]>(VERIFIED), verify: call<[Signalled]>(VERIFIED) },
    push: {
      challenge: call({ challengeId: 'c' }),
      waitForResult: call<[Signalled]>({ ...VERIFIED, isConsumed: true }),
    },
  }
  const opener = { ready: vi.fn(), height: vi.fn(), apiError: vi.fn(), close: vi.fn() } satisfies Opener
  const navigate = vi.fn()
  const flow = createFlow({
    address: { token: 'track.token', mode: 'popup', forceEnrollment: false, ...address },
    opener: address.mode === 'redirect' ? undefined : opener,
    isFramed,
    openSession: () => client as unknown as HostedClient,
    navigate,
  })
  return { flow, client, opener, navigate }
}

/** The screen, which has to be of this kind. */
export function on<Name extends Screen['name']>(flow: Flow, name: Name) {
  expect(flow.screen.value.name).toBe(name)
  return flow.screen.value as Extract<Screen, { name: Name }>
}

/** The screen, once it is of this kind. */
export async function until<Name extends Screen['name']>(flow: Flow, name: Name) {
  await vi.waitFor(() => on(flow, name))
  return on(flow, name)
}

/** Calls of this will be answered when the test says so. */
export function held() {
  let settle = (_: object) => {}
  const promise = new Promise<object>(resolve => {
    settle = resolve
  })
  return { promise, settle }
}
