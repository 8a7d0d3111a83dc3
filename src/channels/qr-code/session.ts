/**
 * One call of `qrCode.challenge()`, from the first code to the user's decision.
 *
 * What the app is told, and when, is decided here: once for each change, and nothing after the end. How the
 * news arrives is `socket.ts` or `polling.ts`.
 *
 * @module
 */
import type { ChannelContext } from '../../context.js'
import { type AuthsignalResponse, aborted } from '../../response.js'
import type { ChallengeState, QrCodeChallengeResponse, QrCodeInput } from '../qr-code.js'
import { followByPolling } from './polling.js'
import { followBySocket } from './socket.js'

type Created = AuthsignalResponse<QrCodeChallengeResponse>

/** A way to get codes and to hear of them. */
export interface QrLink {
  /** Asks for another code; what happens to it, and to those before it, is reported. */
  create(custom: Record<string, unknown> | undefined): Promise<Created>
  close(): void
}

export interface QrListener {
  onState(state: ChallengeState, token?: string): void
  /** The link is broken. */
  onLost(failure: Created & { readonly data?: undefined }): void
}

export interface QrSession {
  /** The first code. */
  readonly first: Promise<Created>
  refresh(custom: Record<string, unknown> | undefined): Promise<void>
  end(): void
}

/** Attempts to have a broken socket back, before the API is asked instead. */
const RECONNECTS = 5

/** For how long a code that has been scanned outlives its time, in milliseconds. */
const DECIDING = 60_000

export function openSession(context: ChannelContext, input: QrCodeInput): QrSession {
  const { polling, refreshInterval = 540_000, onRefresh, onStateChange, onError, signal } = input
  const over = new AbortController()
  const usedToken = context.token
  let { custom } = input
  let state: ChallengeState = 'unclaimed'
  let isAsking = false
  let link: QrLink = polling ? ask() : connect()
  let timer: ReturnType<typeof setTimeout> | undefined

  function end() {
    over.abort()
    clearTimeout(timer)
    link.close()
  }

  function report(now: ChallengeState, token?: string) {
    if (over.signal.aborted || now === state) return
    state = now
    if (now === 'approved' || now === 'rejected') end()
    // Somebody who has signed in meanwhile is not to lose the newer token.
    if (token && context.token === usedToken) context.setToken(token)
    onStateChange(now, token)
  }

  function ask(): QrLink {
    isAsking = true
    return followByPolling(context, input, { onState: report, onLost: failure => lose(failure) })
  }

  function connect(): QrLink {
    return followBySocket(context, input, { onState: report, onLost: () => void reconnect() })
  }

  function lose(failure: Parameters<QrListener['onLost']>[0]) {
    if (over.signal.aborted) return
    end()
    onError?.(failure)
  }

  /** A new code for the one whose socket broke; the app hears of it by `onRefresh`. */
  async function reconnect() {
    for (let attempt = 0; attempt < RECONNECTS && !over.signal.aborted; attempt++) {
      await backOff(attempt)
      if (over.signal.aborted) return
      link.close()
      link = connect()
      const created = await link.create(custom)
      if (created.data) return announce(created.data)
    }
    await renew()
  }

  function backOff(attempt: number): Promise<void> {
    return new Promise(resolve => {
      const wait = setTimeout(resolve, 2 ** attempt * 1000 * (0.75 + Math.random() / 2))
      over.signal.addEventListener('abort', () => {
        clearTimeout(wait)
        resolve()
      })
    })
  }

  /** A code, from the API itself where the socket does not come through: a proxy or policy blocks it. */
  async function create(): Promise<Created> {
    const created = await link.create(custom)
    if (created.data || isAsking || over.signal.aborted) return created
    link.close()
    link = ask()
    return link.create(custom)
  }

  async function renew() {
    if (over.signal.aborted) return
    const created = await create()
    if (created.data) announce(created.data)
    else lose(created)
  }

  function announce({ challengeId, expiresAt }: QrCodeChallengeResponse) {
    if (over.signal.aborted) return
    // Whoever had scanned the code before has to scan this one.
    report('unclaimed')
    onRefresh?.(challengeId, expiresAt)
    plan()
  }

  /** Replaces the code before its time is up; a user who is just deciding gets a little longer. */
  function plan() {
    clearTimeout(timer)
    if (over.signal.aborted || (polling && !onRefresh)) return
    timer = setTimeout(() => {
      if (state === 'claimed') timer = setTimeout(renew, DECIDING)
      else void renew()
    }, refreshInterval)
  }

  let giveUp!: (answer: Created) => void
  const givenUp = new Promise<Created>(resolve => {
    giveUp = resolve
  })

  function cancel() {
    end()
    giveUp(aborted())
  }

  async function begin(): Promise<Created> {
    if (signal?.aborted) cancel()
    signal?.addEventListener('abort', cancel, { signal: over.signal })
    const created = await (over.signal.aborted ? givenUp : Promise.race([givenUp, create()]))
    if (created.data) plan()
    else end()
    return created
  }

  return {
    first: begin(),
    refresh(replacement) {
      custom = replacement ?? custom
      return renew()
    },
    end: cancel,
  }
}
