/**
 * One call of `qrCode.challenge()`, from the first code to the user's decision.
 *
 * A session creates its first code, then shows it, creates another, shows that, and so on until it ends:
 * with the user's decision, an abort, `disconnect()`, or a code that can be neither followed nor replaced.
 * `run()` is that loop, so that there is never more than one code in the making. Everything else only sets
 * it going or ends it. How news arrives is `socket.ts` or `polling.ts`.
 *
 * @module
 */
import type { ChannelContext } from '../../context.js'
import { notify } from '../../lib/notify.js'
import { pause, poll } from '../../lib/poll.js'
import { backOff, type Deferred, deferred, sleep } from '../../lib/timing.js'
import { aborted, type Failure } from '../../response.js'
import { followByPolling } from './polling.js'
import { followBySocket } from './socket.js'
import type { ChallengeState, Created, QrLink, QrSettings } from './types.js'

export interface QrSession {
  /** The first code. */
  readonly first: Promise<Created>
  /** Replaces the code; resolves when the new one was reported, or the session has ended. */
  refresh(custom: Record<string, unknown> | undefined): Promise<void>
  end(): void
}

/** Attempts to restore a broken socket, before the API is polled instead. */
const RECONNECTS = 5

/** The delay before the first of them, in ms. */
const RECONNECT_DELAY = 1000

/** How much longer a code is shown that was scanned but not decided on, in ms. */
const DECIDING = 60_000

export function openSession(context: ChannelContext, input: QrSettings): QrSession {
  const { pollInterval, refreshInterval, onRefresh, onStateChange, onError, signal } = input
  const tokenAtStart = context.token
  const over = new AbortController()
  const first = deferred<Created>()
  let { custom } = input
  let state: ChallengeState = 'unclaimed'
  let usesApi = false
  /** The code that is shown can no longer be followed. */
  let isLost = false
  /** Resolves with the next code; exists while a `refresh()` waits for it. */
  let refreshed: Deferred<void> | undefined
  /** Ends the time for which the code is shown. */
  let shown = new AbortController()
  let link: QrLink | undefined

  async function run() {
    const created = await createFirst()
    first.resolve(created)
    if (!created.data) end()
    while (!over.signal.aborted) {
      await untilReplaced()
      const waiting = refreshed
      refreshed = undefined
      if (!over.signal.aborted) show(await createAnother())
      waiting?.resolve()
    }
  }

  /** Over the API when the socket does not get through, which a proxy or policy may block. */
  async function createFirst(): Promise<Created> {
    const created = await (input.polling ? useApi() : useSocket()).create(custom)
    return created.data || usesApi || over.signal.aborted ? created : useApi().create(custom)
  }

  /** Over a new socket when the last one broke, and over the API when that is of no use. */
  async function createAnother(): Promise<Created> {
    for (let attempt = 0; !usesApi; attempt++) {
      const created = await link!.create(custom)
      if (created.data) return created
      if (attempt < RECONNECTS) {
        await pause(backOff(attempt, RECONNECT_DELAY), over.signal, { onlineWithin: RECONNECT_DELAY })
      }
      if (over.signal.aborted) return aborted()
      if (attempt < RECONNECTS) useSocket()
      else useApi()
    }
    return poll(context, () => link!.create(custom), {
      interval: pollInterval,
      signal: over.signal,
      isDone: () => true,
    })
  }

  /** Until the code's time is up, or there is a reason before; a user who is deciding gets a little longer. */
  async function untilReplaced() {
    if (refreshed || isLost) return
    shown = new AbortController()
    // Over the API an earlier code no longer counts, so the app must be able to draw the new one.
    await sleep(usesApi && !onRefresh ? Infinity : refreshInterval, shown.signal)
    if (state === 'claimed') await sleep(DECIDING, shown.signal)
  }

  function show(created: Created) {
    if (over.signal.aborted) return
    if (!created.data) return lose(created)
    const { challengeId, expiresAt } = created.data
    report('unclaimed') // who has scanned the code before has to scan this one
    notify(() => onRefresh?.(challengeId, expiresAt))
  }

  function useSocket(): QrLink {
    link?.close()
    isLost = false
    link = followBySocket(context, input, {
      onState: report,
      onLost() {
        isLost = true
        shown.abort()
      },
    })
    return link
  }

  function useApi(): QrLink {
    link?.close()
    isLost = false
    usesApi = true
    link = followByPolling(context, input, { onState: report, onLost: lose })
    return link
  }

  function report(now: ChallengeState, token?: string) {
    if (over.signal.aborted || now === state) return
    state = now
    if (now === 'approved' || now === 'rejected') end()
    // A user who has signed in meanwhile keeps the newer token.
    if (token && context.token === tokenAtStart) notify(() => context.setToken(token))
    notify(() => onStateChange(now, token))
  }

  function lose(failure: Failure) {
    if (over.signal.aborted) return
    end()
    notify(() => onError?.(failure))
  }

  function end() {
    over.abort()
    shown.abort()
    link?.close()
    refreshed?.resolve()
  }

  function cancel() {
    end()
    first.resolve(aborted())
  }

  signal?.addEventListener('abort', cancel, { signal: over.signal })
  if (signal?.aborted) cancel()
  else void run()

  return {
    first: first.promise,
    async refresh(replacement) {
      custom = replacement ?? custom
      if (over.signal.aborted) return
      refreshed ??= deferred()
      shown.abort()
      await refreshed.promise
    },
    end: cancel,
  }
}
