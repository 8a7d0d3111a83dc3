/**
 * launch(): the hosted page does the whole challenge, and its token comes back.
 *
 * Everything that can end the wait is here. Showing the page is `popup.ts` and `window.ts`, what its
 * messages mean is `messages.ts`.
 *
 * @module
 */
import type { CallOptions } from '../channels/types.js'
import type { ChannelContext } from '../context.js'
import { assert } from '../options.js'
import { type AuthsignalResponse, fail, succeed } from '../response.js'
import { handleMessage } from './messages.js'
import { openPopup, type PopupOptions, type Surface } from './popup.js'
import { hostedUrl, inPopupMode } from './url.js'
import { openWindow, type WindowOptions } from './window.js'

type WaitOptions = CallOptions & {
  /** Called for each request of the hosted page that failed; the page stays open and shows it. */
  readonly onError?: ((error: { errorCode?: string; statusCode?: number }) => void) | undefined
}

export type PopupLaunchOptions = WaitOptions & {
  /** Over the page, in a dialog. The default. */
  readonly mode?: 'popup' | undefined
  readonly popupOptions?: PopupOptions | undefined
}

export type WindowLaunchOptions = WaitOptions & {
  /** In a window of its own. Call `launch` straight from the click, or the browser blocks it. */
  readonly mode: 'window'
  readonly windowOptions?: WindowOptions | undefined
}

export type RedirectLaunchOptions = {
  /** Instead of the page; `handleRedirect()` picks the token up when the user comes back. */
  readonly mode: 'redirect'
}

export type LaunchOptions = PopupLaunchOptions | WindowLaunchOptions | RedirectLaunchOptions

/** What the hosted page came to. */
export type TokenPayload = {
  /** For your backend to validate. The client uses it from now on. */
  readonly token: string
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
  (url: string, options?: PopupLaunchOptions | WindowLaunchOptions): Promise<AuthsignalResponse<TokenPayload>>
}

/** One at a time: two questions at once confuse everybody. */
let isOpen = false

export function launch(context: ChannelContext): Launch {
  return ((url: string, options: LaunchOptions = {}) => {
    const { mode = 'popup' } = options
    const address = hostedUrl(url)
    assert(/^(popup|window|redirect)$/.test(mode), '"mode" must be "popup", "window" or "redirect"')

    if (options.mode === 'redirect') return location.assign(address)
    return present(context, inPopupMode(address), options)
  }) as Launch
}

function present(
  context: ChannelContext,
  url: URL,
  options: PopupLaunchOptions | WindowLaunchOptions,
): Promise<AuthsignalResponse<TokenPayload>> {
  const { signal, onError } = options
  const ending = new AbortController()
  let resolve!: (response: AuthsignalResponse<TokenPayload>) => void
  const outcome = new Promise<AuthsignalResponse<TokenPayload>>(settled => {
    resolve = settled
  })
  let surface: Surface | undefined
  let isReady = false
  let timer: ReturnType<typeof setTimeout> | undefined

  /** The one end of all endings. The answer goes out first; the popup fades away behind it. */
  function end(response: AuthsignalResponse<TokenPayload>) {
    if (ending.signal.aborted) return
    ending.abort()
    clearTimeout(timer)
    if (response.token) context.setToken(response.token)
    resolve(response)
    if (surface) isOpen = false
    surface?.close()
  }

  const onClosed = () => {
    // A window that was cut off by a Cross-Origin-Opener-Policy claims to be closed as soon as it has
    // loaded, while it is still there and has the focus.
    if (isReady || document.hasFocus()) end(fail('popup_closed', 'The user closed the hosted page.'))
    else end(fail('window_unreachable', UNREACHABLE))
  }

  /** A page that shows something has said so; the browser's own error page never does. */
  const awaitReady = () => {
    clearTimeout(timer)
    if (isReady) return
    timer = setTimeout(() => end(fail('launch_failed', `${url.origin} ${SILENT}`)), context.timeout)
  }

  if (signal?.aborted) end(fail('aborted', ABORTED))
  else if (typeof document === 'undefined') end(fail('launch_failed', NO_PAGE))
  else if (isOpen) end(fail('popup_already_open', ALREADY_OPEN))
  else if (options.mode === 'window') surface = openWindow(url, options.windowOptions, { onClosed })
  else surface = openPopup(url, options.popupOptions, { onClosed, onLoad: awaitReady })

  if (!surface) {
    end(fail('popup_blocked', BLOCKED))
    return outcome
  }
  isOpen = true
  if (options.mode !== 'window') awaitReady()
  const { source, reveal, resize } = surface

  signal?.addEventListener('abort', () => end(fail('aborted', ABORTED)), { signal: ending.signal })
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
        onError: error => onError?.(error),
        onClose: token => end(token ? succeed({ token }) : fail('popup_closed', 'The user cancelled.')),
      })
    },
    { signal: ending.signal },
  )
  return outcome
}

const ABORTED = 'The hosted page was closed by the signal.'
const ALREADY_OPEN = 'Another popup or window is open, and goes on. Finish that one first.'
const BLOCKED = 'The browser blocked the window. Call launch() straight from the click.'
const NO_PAGE = 'There is no page to open a popup in.'
const SILENT = 'did not answer. Check the address, and that it may be framed by your page.'
const UNREACHABLE =
  'The window cannot reach this page any more. Serve both with "Cross-Origin-Opener-Policy: same-origin-allow-popups", or with none.'
