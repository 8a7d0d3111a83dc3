/**
 * The popup: a modal dialog over the host page, with the hosted page in a frame.
 *
 * It lives in a shadow root with a constructed style sheet, so that neither the host page's styles nor
 * its content security policy reach it, and outside of the body, which belongs to the host page's
 * framework. After it has closed, nothing of it is left.
 *
 * @module
 */
import { assert } from '../options.js'
import type { Surface } from './surface.js'

/** Size and behaviour of the popup that `launch()` opens. */
export type PopupOptions = {
  /** Any CSS width. Default `"385px"`. */
  width?: string | undefined
  /** Any CSS height. Default: as high as the page inside, up to 95 % of the screen. */
  height?: string | undefined
  /** Whether Escape, the close button and a click beside the popup close it. Default `true`. */
  isClosable?: boolean | undefined
}

/** How long the dialog fades out, in milliseconds. `launch()` does not wait for it. */
const FADE = 150

/** How long the dialog stays after a success, in milliseconds, so that the user sees it. Nor for this. */
const SEEN = 600

// A function: esbuild keeps a template with a value in it in every app, since it counts as code that has to run.
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
.verified { pointer-events: none; transition-delay: ${SEEN}ms }
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
  dialog, iframe { transition-duration: 0s }
  dialog::before { animation-duration: 4s }
}`

const WIDTH = '385px'

/** @throws {TypeError} When an option is wrong. */
export function assertPopupOptions({ width = WIDTH, height }: PopupOptions = {}): void {
  assertCss('width', width, '"popupOptions.width"')
  if (height !== undefined) assertCss('height', height, '"popupOptions.height"')
}

/** @throws What kept the browser from showing it; nothing of it is left then. */
export function openPopup(
  url: URL,
  { width = WIDTH, height, isClosable = true }: PopupOptions = {},
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
  // Only the page inside, and none that it might lead to, may use passkeys and copy recovery codes.
  frame.allow = ['publickey-credentials-get', 'publickey-credentials-create', 'clipboard-write']
    .map(feature => `${feature} ${url.origin}`)
    .join('; ')
  // A cross-origin isolated page may only frame pages that agree to it, or that get no cookies.
  if (crossOriginIsolated) frame.setAttribute('credentialless', '')
  frame.src = url.href
  dialog.append(frame)

  if (isClosable) {
    const button = document.createElement('button')
    button.type = 'button'
    button.ariaLabel = 'Close'
    button.textContent = '×'
    dialog.append(button)
    // On the button or the backdrop: the frame covers everything else, and its clicks stay inside.
    dialog.addEventListener('click', () => dialog.close())
  } else {
    // Browsers let the second Escape through even when the first one was refused.
    dialog.setAttribute('closedby', 'none')
    dialog.addEventListener('keydown', event => event.key === 'Escape' && event.preventDefault())
    dialog.addEventListener('cancel', event => event.preventDefault())
  }

  let timer: ReturnType<typeof setInterval> | undefined
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
  // Not the frame, whose page would get the Escape key. The page takes the focus when it has a field to fill in.
  dialog.focus()

  return {
    source: frame.contentWindow,
    watch({ onLoaded, onClosed }) {
      frame.addEventListener('load', onLoaded, { once: true })
      dialog.addEventListener('close', onClosed)
      // A script of the host page may remove it, without an event.
      timer = setInterval(() => host.isConnected || onClosed(), 100)
    },
    setReady() {
      dialog.classList.add('ready')
    },
    resize(pixels) {
      if (height === undefined) frame.style.height = `${pixels}px`
    },
    close(isVerified) {
      clearInterval(timer)
      dialog.classList.toggle('verified', isVerified)
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter(sheet => sheet !== lock)
      dialog.close() // gives the focus back, unless a script of the host page has removed the dialog
      if (document.activeElement === document.body) opener?.focus()
      setTimeout(() => host.remove(), isVerified ? SEEN + FADE : FADE)
    },
  }
}

/** Constructed, since a content security policy does not apply to it. */
function styleSheet(css: string): CSSStyleSheet {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(css)
  return sheet
}

function assertCss(property: string, value: string, label: string): void {
  assert(CSS.supports(property, value), `${label} must be a CSS ${property}`)
}
