/**
 * The popup: a modal dialog over the host page, with the hosted page in a frame.
 *
 * It lives in a shadow root with a constructed style sheet, so that neither the host page's styles nor
 * its content security policy reach it, and outside of the body, which belongs to the host page's
 * framework. Nothing of it is left when it has closed.
 *
 * @module
 */
import { assert } from '../options.js'
import type { Surface } from './surface.js'

export type PopupOptions = {
  /** Any CSS width. Default `"385px"`. */
  width?: string | undefined
  /** Any CSS height. Default: as high as the page inside, up to 95 % of the screen. */
  height?: string | undefined
  /** Whether Escape, the close button and a click beside the popup close it. Default `true`. */
  isClosable?: boolean | undefined
}

/** For how long the dialog fades away, in milliseconds. Nobody waits for it. */
const FADE = 150

// A function: to esbuild a template with a value in it is code that has to run, also where nobody uses it.
const style = () => `
:host { all: initial !important; display: block !important }
dialog {
  box-sizing: border-box; position: fixed; inset: 0; margin: auto; padding: 0; overflow: hidden;
  width: min(var(--width), 100vw - 16px); max-width: none; height: var(--height, fit-content); max-height: 95vh; max-height: 95dvh;
  border: 1px solid #8883; border-radius: 14px; background: Canvas; color: CanvasText; color-scheme: light dark;
  box-shadow: 0 16px 48px #0005; outline: 0; opacity: 0; transform: translateY(8px);
  transition: opacity ${FADE}ms, transform ${FADE}ms, display ${FADE}ms allow-discrete, overlay ${FADE}ms allow-discrete;
}
dialog[open] { opacity: 1; transform: none }
@starting-style { dialog[open] { opacity: 0; transform: translateY(8px) } }
dialog::backdrop { background: #0008 }
iframe { display: block; width: 100%; height: 384px; max-height: 95vh; max-height: 95dvh; border: 0; opacity: 0; transition: opacity ${FADE}ms }
.fixed iframe { height: 100% }
.ready iframe { opacity: 1 }
dialog::before {
  content: ""; position: absolute; top: 50%; left: 50%; width: 24px; height: 24px; margin: -12px; box-sizing: border-box;
  border: 3px solid #8884; border-top-color: currentColor; border-radius: 50%; animation: turn 1s linear infinite;
}
dialog.ready::before { display: none }
@keyframes turn { to { transform: rotate(1turn) } }
button {
  position: absolute; top: 8px; inset-inline-end: 8px; width: 36px; height: 36px; padding: 0; border: 0; border-radius: 50%;
  background: none; color: inherit; font: 22px/36px system-ui, sans-serif; opacity: .65; cursor: pointer;
}
button:hover { background: #8882; opacity: 1 }
button:focus-visible { outline: 2px solid Highlight; outline-offset: -2px; opacity: 1 }
@media (prefers-reduced-motion: reduce) {
  dialog, iframe { transition: none }
  dialog::before { animation-duration: 4s }
}`

const WIDTH = '385px'

/** @throws {TypeError} When an option is wrong. */
export function assertPopupOptions({ width = WIDTH, height }: PopupOptions = {}): void {
  assertCss('width', width, '"popupOptions.width"')
  if (height !== undefined) assertCss('height', height, '"popupOptions.height"')
}

/**
 * @param onClosed The user closed it.
 * @throws What kept the browser from showing it; nothing of it is left then.
 */
export function openPopup(
  url: URL,
  { width = WIDTH, height, isClosable = true }: PopupOptions = {},
  onClosed: () => void,
): Surface {
  const host = document.createElement('div')
  host.id = '__authsignal-popup-container'
  const root = host.attachShadow({ mode: 'open' })
  root.adoptedStyleSheets = [styleSheet(style())]

  const dialog = document.createElement('dialog')
  dialog.setAttribute('role', isClosable ? 'dialog' : 'alertdialog')
  dialog.setAttribute('aria-label', 'Multi-factor authentication')
  dialog.tabIndex = -1
  dialog.style.setProperty('--width', width)
  if (height !== undefined) {
    dialog.style.setProperty('--height', height)
    dialog.classList.add('fixed')
  }

  const frame = document.createElement('iframe')
  frame.id = '__authsignal-popup-iframe'
  frame.name = 'authsignal'
  frame.title = 'Authsignal multi-factor authentication'
  // The page inside, and no other that it might lead to, may use passkeys and copy recovery codes.
  frame.allow = ['publickey-credentials-get', 'publickey-credentials-create', 'clipboard-write']
    .map(feature => `${feature} ${url.origin}`)
    .join('; ')
  // A cross-origin isolated page may frame only who agrees to it, or who gets no cookies.
  if (crossOriginIsolated) frame.setAttribute('credentialless', '')
  let isLoaded = false
  frame.addEventListener('load', () => {
    isLoaded = true
  })
  frame.src = url.href
  dialog.append(frame)

  if (isClosable) {
    const button = document.createElement('button')
    button.type = 'button'
    button.ariaLabel = 'Close'
    button.textContent = '×'
    button.addEventListener('click', onClosed)
    dialog.append(button)
    // Only the backdrop gives the dialog itself as the target: what is inside covers it completely.
    dialog.addEventListener('click', event => event.target === dialog && onClosed())
  } else {
    // Browsers let the second Escape through even when the first one was refused.
    dialog.setAttribute('closedby', 'none')
    dialog.addEventListener('keydown', event => event.key === 'Escape' && event.preventDefault())
    dialog.addEventListener('cancel', event => event.preventDefault())
  }
  dialog.addEventListener('close', onClosed)

  const opener = document.activeElement as HTMLElement | null
  const lock = styleSheet('html { overflow: hidden !important }')
  root.append(dialog)
  try {
    document.documentElement.append(host)
    dialog.showModal()
    document.adoptedStyleSheets.push(lock)
  } catch (cause) {
    host.remove()
    throw cause
  }
  // Not the frame, whose page would get the Escape key: it takes the focus when it has something to fill in.
  dialog.focus()

  return {
    source: frame.contentWindow,
    state() {
      if (!host.isConnected) return 'closed' // by a script of the host page
      return isLoaded ? 'loaded' : 'loading'
    },
    reveal() {
      dialog.classList.add('ready')
    },
    resize(pixels) {
      if (height === undefined) frame.style.height = `${pixels}px`
    },
    close() {
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter(sheet => sheet !== lock)
      dialog.close() // gives the focus back, unless a script of the host page has removed the dialog
      if (document.activeElement === document.body) opener?.focus()
      setTimeout(() => host.remove(), FADE)
    },
  }
}

/** Constructed, for a content security policy does not know of it. */
function styleSheet(css: string): CSSStyleSheet {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(css)
  return sheet
}

function assertCss(property: string, value: string, label: string): void {
  assert(CSS.supports(property, value), `${label} must be a CSS ${property}`)
}
