/**
 * launch(): the hosted page runs the whole challenge and returns a token.
 *
 * Everything that can end the wait is here. Showing the page is `popup.ts` and `window.ts`, what its
 * messages mean is `messages.ts`.
 *
 * @module
 */

import type { ChannelContext } from '../context.js'
import { notify } from '../lib/notify.js'
import type { CallOptions } from '../lib/request.js'
import { deferred } from '../lib/timing.js'
import { assert } from '../options.js'
import { aborted, fail, type Result, succeed } from '../response.js'
import { handleMessage } from './messages.js'
import { assertPopupOptions, openPopup, type PopupOptions } from './popup.js'
import type { Surface } from './surface.js'
import { hostedUrl, inPopupMode } from './url.js'
import { openWindow, type WindowOptions } from './window.js'

/** What a launch takes that stays on the page. */
export type HostedPageOptions = CallOptions & {
  /** Called for each request of the hosted page that failed; the page stays open and shows it. */
  onError?: ((error: { errorCode?: string; statusCode?: number }) => void) | undefined
}

/** Options of a launch in a popup. */
export type PopupLaunchOptions = HostedPageOptions & {
  /** Over the page, in a dialog. The default. */
  mode?: 'popup' | undefined
  /** Size and behaviour of the popup. */
  popupOptions?: PopupOptions | undefined
}

/** Options of a launch in a window. */
export type WindowLaunchOptions = HostedPageOptions & {
  /** In a window of its own. Call `launch` straight from the click, or the browser blocks it. */
  mode: 'window'
  /** Size of the window. */
  windowOptions?: WindowOptions | undefined
}

/** Options of a launch that leaves the page. */
export type RedirectLaunchOptions = {
  /** Instead of the page; `handleRedirect()` picks the token up when the user comes back. */
  mode: 'redirect'
}

/** Options of `launch`: popup, window or redirect. */
export type LaunchOptions = PopupLaunchOptions | WindowLaunchOptions | RedirectLaunchOptions

/** What `launch` resolves with, as `@authsignal/browser` names it. */
export type TokenPayload = {
  /** For your backend to validate. The client uses it from now on. Present when the user was verified. */
  token?: string | undefined
}

/**
 * `launch()`: opens the hosted page, which runs the whole challenge.
 *
 * @example
 * const { token, errorCode } = await authsignal.launch(url)
 * if (token) await sendToBackend(token)
 * else if (errorCode !== 'popup_closed') authsignal.launch(url, { mode: 'redirect' })
 */
export interface Launch {
  /**
   * Leaves this page for the hosted page. Your backend's track call must have given a `redirectUrl` to return to.
   *
   * @throws {TypeError} When `url` is not an absolute http or https address.
   */
  (url: string, options: RedirectLaunchOptions): undefined
  /**
   * Opens the hosted page and waits until the user has completed or closed it.
   *
   * @param url The `url` that your backend's track call returned.
   * @returns `token`. Otherwise `errorCode` is `popup_closed` (by the user, in whatever way),
   *   `popup_blocked`, `popup_already_open`, `window_unreachable`, `launch_failed` or `aborted`.
   * @throws {TypeError} When `url` is not an absolute http or https address, or an option is wrong.
   */
  (url: string, options?: PopupLaunchOptions | WindowLaunchOptions): Promise<Result<{ token: string }>>
}

/** Whether a popup or window is open: one at a time, for two challenges at once would confuse the user. */
let isOpen = false

/**
 * Makes `launch()`. With `createClient`, put it among the channels.
 *
 * @example
 * const client = createClient({ tenantId: 'acme', channels: { launch } })
 * const { token } = await client.launch(url)
 */
export function launch(context: ChannelContext): Launch {
  return ((url: string, options?: LaunchOptions) =>
    options?.mode === 'redirect' ? location.assign(hostedUrl(url)) : present(context, url, options)) as Launch
}

async function present(
  context: ChannelContext,
  address: string,
  options: PopupLaunchOptions | WindowLaunchOptions = {},
): Promise<Result<TokenPayload>> {
  const url = inPopupMode(hostedUrl(address))
  assert(/^(popup|window)$/.test(options.mode ?? 'popup'), '"mode" must be "popup", "window" or "redirect"')
  if (options.signal?.aborted) return aborted()
  if (typeof document === 'undefined') return fail('launch_failed', NO_PAGE)
  if (isOpen) return fail('popup_already_open', ALREADY_OPEN)

  let surface: Surface | undefined
  if (options.mode === 'window') surface = openWindow(url, options.windowOptions)
  else {
    assertPopupOptions(options.popupOptions)
    try {
      surface = openPopup(url, options.popupOptions)
    } catch (cause) {
      return fail('launch_failed', NOT_SHOWN, { cause })
    }
  }
  if (!surface) return fail('popup_blocked', BLOCKED)

  isOpen = true
  return untilDone(surface, url, context, options)
}

/** Waits for the outcome of an open surface. */
function untilDone(
  surface: Surface,
  url: URL,
  context: ChannelContext,
  { signal, onError }: HostedPageOptions,
): Promise<Result<{ token: string }>> {
  const over = new AbortController()
  const untilOver = { signal: over.signal }
  const { promise, resolve } = deferred<Result<{ token: string }>>()
  let isReady = false
  let timer: ReturnType<typeof setTimeout> | undefined

  /** In one task: an effect that is undone and run again launches again in the same one. */
  function end(response: Result<{ token: string }>) {
    if (over.signal.aborted) return
    over.abort()
    clearTimeout(timer)
    isOpen = false
    if (response.token) context.setToken(response.token)
    resolve(response)
    surface.close(response.token !== undefined)
  }

  const onClosed = () => end(fail('popup_closed', CLOSED))

  /** Starts the timeout again. The hosted page reports that it is ready; an error page of the browser does not. */
  const awaitReady = () => {
    if (over.signal.aborted) return // the frame loads while the popup fades away
    clearTimeout(timer)
    timer = setTimeout(() => end(fail('launch_failed', `${url.origin} ${SILENT}`)), context.timeout)
  }

  awaitReady()
  surface.watch({
    onClosed,
    onLoaded: () => isReady || awaitReady(),
    onUnreachable: () => end(fail('window_unreachable', UNREACHABLE)),
  })
  // A page that is restored from the history is ready for another launch.
  addEventListener('pagehide', onClosed, untilOver)
  signal?.addEventListener('abort', () => end(aborted()), untilOver)
  addEventListener(
    'message',
    event => {
      if (event.origin !== url.origin || event.source !== surface.source) return
      handleMessage(event, {
        onReady() {
          isReady = true
          clearTimeout(timer)
          surface.setReady()
        },
        onHeight: height => surface.resize?.(height),
        onError: error => notify(() => onError?.(error)),
        onClose: token => (token ? end(succeed({ token })) : onClosed()),
      })
    },
    untilOver,
  )
  return promise
}

const ALREADY_OPEN = 'Another popup or window is still open. Finish that one first.'
const BLOCKED = 'The browser blocked the window. Call launch() straight from the click.'
const CLOSED = 'The hosted page was closed before the challenge was complete.'
const NO_PAGE = 'There is no page to open a popup in.'
const NOT_SHOWN = 'The browser cannot show a popup in this page. Use another mode.'
const SILENT = 'did not load. Check the address, and that your page may frame it.'
const UNREACHABLE =
  'The window cannot reach this page. Neither page may send "Cross-Origin-Opener-Policy: same-origin"; yours may send "same-origin-allow-popups".'
