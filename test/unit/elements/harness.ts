/** A flow without a browser. Its client responds what a test wants. */
import type { AuthsignalResponse, Failure, QrCodeInput } from 'authsignal-channels'
import { expect, onTestFinished, vi } from 'vitest'
import { ALL } from '../../../src/elements/challenge/all.js'
import * as extensions from '../../../src/elements/challenge/extensions/on-demand.js'
import { createFlow, type Flow, type FlowInput } from '../../../src/elements/challenge/flows/flow.js'
import type { Screen } from '../../../src/elements/challenge/flows/screen.js'
import { type ChallengeInput, mountChallenge } from '../../../src/elements/challenge/mount.js'
import { type ChallengeMethod, combine, offeredByDefault } from '../../../src/elements/challenge/parts.js'
import type { ChallengeClient, Session } from '../../../src/elements/challenge/session.js'

// Loaded beforehand: the tests wait for the challenge, not for the machine.
await Promise.all(Object.values(extensions).map(load => load()))

/** What is offered where the page names no methods. */
export const OFFERED = offeredByDefault(Object.values(ALL))

/** The same, in the order that suits the user. */
export const OFFER = { methods: combine(OFFERED).methods, isOrdered: false }

export const VERIFIED = { isVerified: true, token: 'new.token' }

export const respond = async <T extends object>(data: T) => ({ ...data, data }) as AuthsignalResponse<T>

export const failure = async (errorCode: string, details?: Partial<Failure>): Promise<Failure> => ({
  error: errorCode,
  errorCode,
  errorDescription: errorCode,
  ...details,
})

/** One method of a channel. A test can change its response. */
const call = <Input extends unknown[]>(data: object) => vi.fn((..._: Input): Promise<object> => respond(data))

type Signalled = { readonly signal?: AbortSignal }

const enroll = () => call({ userAuthenticatorId: 'a', userId: 'u' })
const codes = () => ({ enroll: enroll(), challenge: call({ challengeId: 'c' }), verify: call(VERIFIED) })

export type Settings = Partial<Pick<FlowInput, 'token' | 'forceEnrollment' | 'exit'>> & {
  readonly isFramed?: boolean
  readonly methods?: readonly ChallengeMethod[]
}

export function fakeClient(session: Session) {
  /** The channels that are loaded with their screens. */
  const later = {
    passkey: {
      isAvailableOnDevice: vi.fn(async (_: object) => false),
      signUp: call<[Signalled]>(VERIFIED),
      signIn: call<[Signalled]>(VERIFIED),
    },
    securityKey: { enroll: call<[Signalled]>(VERIFIED), verify: call<[Signalled]>(VERIFIED) },
    qrCode: { challenge: call<[QrCodeInput]>({ challengeId: 'c', expiresAt: '' }) },
  }
  return {
    ...later,
    setToken: vi.fn(),
    session: {
      init: call({ challengeOptions: session }),
      removeAuthenticator: call<[string]>({ success: true }),
      token: 'track.token',
      add: ({ name }: { readonly name: string }) => later[name as keyof typeof later],
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
    push: {
      challenge: call({ challengeId: 'c' }),
      waitForResult: call<[Signalled]>({ ...VERIFIED, isConsumed: true }),
    },
  }
}

export const asClient = (client: ReturnType<typeof fakeClient>) => client as unknown as ChallengeClient

export function open(session: Session, { methods = OFFERED, ...settings }: Settings = {}) {
  const client = fakeClient(session)
  const host = { onSuccess: vi.fn(), onCancel: vi.fn(), onError: vi.fn() }
  const flow = createFlow({
    client: asClient(client),
    offer: { ...OFFER, methods: combine(methods).methods },
    flows: combine(methods).flows,
    token: 'track.token',
    isFramed: false,
    ...settings,
    ...host,
  })
  onTestFinished(flow.stop)
  return { flow, client, host }
}

/**
 * A challenge in a node of the page, until the test ends. A countdown that went on would draw in the page of another
 * test.
 */
export function mount(client: ReturnType<typeof fakeClient>, input: Partial<ChallengeInput> = {}) {
  const node = document.body.appendChild(document.createElement('div'))
  const host = {
    onReady: vi.fn(),
    onScreen: vi.fn(),
    onSuccess: vi.fn(),
    onCancel: vi.fn(),
    onError: vi.fn(),
  }
  const challenge = mountChallenge(node, {
    client: asClient(client),
    methods: OFFERED,
    token: 'track.token',
    ...host,
    ...input,
  })
  onTestFinished(() => {
    challenge.unmount()
    node.remove()
  })
  return { node, challenge, ...host }
}

/** The screen. Fails when it is of another kind. */
export function on<Name extends Screen['name']>(flow: Flow, name: Name) {
  expect(flow.screen.value.name).toBe(name)
  return flow.screen.value as Extract<Screen, { name: Name }>
}

/** The screen, once it is of this kind. */
export async function until<Name extends Screen['name']>(flow: Flow, name: Name) {
  await vi.waitFor(() => on(flow, name))
  return on(flow, name)
}

/** A response that comes when the test settles it. */
export function held() {
  let settle = (_: object) => {}
  const promise = new Promise<object>(resolve => {
    settle = resolve
  })
  return { promise, settle }
}
