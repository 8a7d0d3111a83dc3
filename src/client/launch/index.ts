/**
 * launch(): the hosted page does the whole challenge, and its token comes back.
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

export type PopupLaunchOptions = HostedPageOptions & {
  /** Over the page, in a dialog. The default. */
  mode?: 'popup' | undefined
  popupOptions?: PopupOptions | undefined
}

export type WindowLaunchOptions = HostedPageOptions & {
  /** In a window of its own. Call `launch` straight from the click, or the browser blocks it. */
  mode: 'window'
  windowOptions?: WindowOptions | undefined
}

export type RedirectLaunchOptions = {
  /** Instead of the page; `handleRedirect()` picks the token up when the user comes back. */
  mode: 'redirect'
}

export type LaunchOptions = PopupLaunchOptions | WindowLaunchOptions | RedirectLaunchOptions

/** What `launch` resolves with, as `@authsignal/browser` names it. */
export type TokenPayload = {
  /** For your backend to validate. The client uses it from now on. Present when the user was verified. */
  token?: string | undefined
}

export interface Launch {
  /**
   * Leaves for the hosted page. Your backend's track call must have given a `redirectUrl` to return to.
   *
   * @throws {TypeError} When `url` is not an absolute http or https address.
   */
  (url: string, options: RedirectLaunchOptions): undefined
  /**
   * Opens the hosted page and waits for the user to be done with it.
   *
   * @param url The `url` that your backend's track call answered.
   * @returns `token`. Otherwise `errorCode` is `popup_closed` (by the user, in whatever way),
   *   `popup_blocked`, `popup_already_open`, `window_unreachable`, `launch_failed` or `aborted`.
   * @throws {TypeError} When `url` is not an absolute http or https address, or an option is wrong.
   */
  (url: string, options?: PopupLaunchOptions | WindowLaunchOptions): Promise<Result<{ token: string }>>
}

/** One at a time: two questions at once confuse everybody. */
let isOpen = false

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
  const { mode = 'popup', signal, onError } = options
  assert(/^(popup|window)$/.test(mode), '"mode" must be "popup", "window" or "redirect"')
  const ending = new AbortController()
  const { promise: outcome, resolve } = deferred<Result<TokenPayload>>()
  let surface: Surface | undefined
  let isReady = false
  let timer: ReturnType<typeof setTimeout> | undefined
  let watch: ReturnType<typeof setInterval> | undefined

  /** The one end of all endings. The answer goes out first; the popup fades away behind it. */
  function end(response: Result<{ token: string }>) {
    if (ending.signal.aborted) return
    ending.abort()
    clearTimeout(timer)
    clearInterval(watch)
    if (response.token) context.setToken(response.token)
    resolve(response)
    if (surface) isOpen = false
    surface?.close()
  }

  const onClosed = () => end(fail('popup_closed', CLOSED))

  /** A page that shows something has said so; the browser's own error page never does. */
  const awaitReady = () => {
    clearTimeout(timer)
    timer = setTimeout(() => end(fail('launch_failed', `${url.origin} ${SILENT}`)), context.timeout)
  }

  if (signal?.aborted) end(aborted())
  else if (typeof document === 'undefined') end(fail('launch_failed', NO_PAGE))
  else if (isOpen) end(fail('popup_already_open', ALREADY_OPEN))
  else if (options.mode === 'window') surface = openWindow(url, options.windowOptions)
  else {
    assertPopupOptions(options.popupOptions)
    try {
      surface = openPopup(url, options.popupOptions, onClosed)
    } catch (cause) {
      end(fail('launch_failed', NOT_SHOWN, { cause }))
    }
  }

  if (!surface) {
    end(fail('popup_blocked', BLOCKED))
    return outcome
  }
  isOpen = true
  awaitReady()
  const { source, state, reveal, resize } = surface

  let isLoaded = false
  // No event tells what becomes of a window of another origin.
  watch = setInterval(() => {
    const now = state()
    if (now === 'closed' || (now === 'unreachable' && isReady)) onClosed()
    if (now === 'unreachable') end(fail('window_unreachable', UNREACHABLE))
    if (now === 'loaded' && !isLoaded) {
      isLoaded = true
      if (!isReady) awaitReady()
    }
  }, 100)
  // Whoever comes back through the history finds the page ready for another launch.
  addEventListener('pagehide', onClosed, { signal: ending.signal })
  signal?.addEventListener('abort', () => end(aborted()), { signal: ending.signal })
  addEventListener(
    'message',
    event => {
      if (event.origin !== url.origin || event.source !== source) return
      handleMessage(event, {
        onReady() {
          isReady = true
          clearTimeout(timer)
          reveal()
        },
        onHeight: resize,
        onError: error => notify(() => onError?.(error)),
        onClose: token => (token ? end(succeed({ token })) : onClosed()),
      })
    },
    { signal: ending.signal },
  )
  return outcome
}

const ALREADY_OPEN = 'Another popup or window is open, and goes on. Finish that one first.'
const BLOCKED = 'The browser blocked the window. Call launch() straight from the click.'
const CLOSED = 'The hosted page was closed before it was done.'
const NO_PAGE = 'There is no page to open a popup in.'
const NOT_SHOWN = 'The browser cannot show a popup in this page. Use another mode.'
const SILENT = 'did not answer. Check the address, and that it may be framed by your page.'
const UNREACHABLE =
  'The window cannot reach this page. Neither page may send "Cross-Origin-Opener-Policy: same-origin"; yours may send "same-origin-allow-popups".'
