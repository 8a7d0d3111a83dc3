/** The popup and the wait for its outcome. What a browser draws is tested in `test/browser/launch.test.ts`. */
import { Authsignal, type AuthsignalOptions } from 'authsignal-channels'
import { PropertySymbol } from 'happy-dom'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { json, service } from '../service.js'
import { ADDRESS, ORIGIN, receive, receiveEvent } from './hosted-page.js'

/** The window in the frame of the popup. */
const hosted = {}

let button: HTMLButtonElement

beforeEach(() => {
  vi.useFakeTimers()
  // happy-dom loads no frame, and reports that to its own console.
  const { console } = Reflect.get(document, PropertySymbol.window) as typeof globalThis
  vi.spyOn(console, 'error').mockImplementation(() => {})
  vi.stubGlobal('crossOriginIsolated', false)
  vi.spyOn(HTMLIFrameElement.prototype, 'contentWindow', 'get').mockReturnValue(hosted as never)
  vi.stubGlobal('CSS', {
    supports: (property: string, value: string) =>
      /^(width|height)$/.test(property) && /^\d+(px|vw)$/.test(value),
  })
  document.body.innerHTML = '<button>Confirm</button><input>'
  button = document.querySelector('button')!
  button.focus()
})
afterEach(async () => {
  dispatchEvent(new Event('pagehide'))
  await vi.runAllTimersAsync()
  expect(vi.getTimerCount()).toBe(0)
  expect(hosts()).toHaveLength(0)
  vi.useRealTimers()
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})

const hosts = () => document.querySelectorAll('#__authsignal-popup-container')

/** The parts of the popup that was opened last. */
function parts() {
  const host = [...hosts()].at(-1)!
  const root = host.shadowRoot!
  return {
    host,
    root,
    dialog: root.querySelector('dialog')!,
    frame: root.querySelector<HTMLIFrameElement>('iframe#__authsignal-popup-iframe')!,
    closeButton: root.querySelector('button'),
  }
}

type Options = Parameters<Authsignal['launch']>[1]

function launch(options?: Options, clientOptions: Partial<AuthsignalOptions> = {}) {
  const { fetch, received } = service(() => json({ challengeId: 'c1' }))
  const client = new Authsignal({ tenantId: 'acme', fetch, ...clientOptions })
  client.setToken('track-token')
  let outcome: object | undefined
  const launched = client.launch(ADDRESS, options as { mode?: 'popup' })
  launched.then(
    response => {
      outcome = response
    },
    () => {}, // a test waits for it
  )
  return {
    client,
    launched,
    outcome: () => outcome,
    bearer: async () => {
      await client.sms.challenge()
      return received.at(-1)?.authorization
    },
  }
}

const finish = (token?: string) => receiveEvent('AUTHSIGNAL_CLOSE_POPUP', { token }, hosted)
const settle = () => vi.advanceTimersByTimeAsync(0)

const CLOSED = {
  errorCode: 'popup_closed',
  errorDescription: 'The hosted page was closed before the challenge was complete.',
}

describe('the popup', () => {
  test('is a modal dialog with a name, a close button and the hosted page in popup mode', () => {
    const showModal = vi.spyOn(HTMLDialogElement.prototype, 'showModal')
    launch()
    const { dialog, frame, closeButton } = parts()
    expect(showModal).toHaveBeenCalledOnce()
    expect(dialog.getAttribute('role')).toBe('dialog')
    expect(dialog.getAttribute('aria-label')).toBe('Multi-factor authentication')
    expect(dialog.hasAttribute('closedby')).toBe(false)
    expect(frame.src).toBe(`${ADDRESS}&mode=popup`)
    expect(frame.name).toBe('authsignal')
    expect(frame.title).toBe('Authsignal multi-factor authentication')
    expect(frame.parentElement).toBe(dialog)
    expect(closeButton).toMatchObject({ type: 'button', ariaLabel: 'Close', textContent: '×' })
  })

  test('lets only the origin of the hosted page use passkeys and the clipboard', () => {
    launch()
    expect(parts().frame.allow).toBe(
      [
        `publickey-credentials-get ${ORIGIN}`,
        `publickey-credentials-create ${ORIGIN}`,
        `clipboard-write ${ORIGIN}`,
      ].join('; '),
    )
  })

  test.each([true, false])(
    'in a page with crossOriginIsolated = %s: credentialless is the same',
    isolated => {
      vi.stubGlobal('crossOriginIsolated', isolated)
      launch()
      expect(parts().frame.getAttribute('credentialless')).toBe(isolated ? '' : null)
    },
  )

  test('has the focus, also when nothing had it before', () => {
    vi.spyOn(document, 'activeElement', 'get').mockReturnValueOnce(null)
    launch()
    const { host, root, dialog } = parts()
    expect(document.activeElement).toBe(host)
    expect(root.activeElement ?? dialog).toBe(dialog)
    expect(dialog.tabIndex).toBe(-1)
    host.remove()
    finish()
    expect(document.activeElement).toBe(document.body)
  })

  test('keeps its frame invisible until the hosted page is ready', () => {
    launch()
    const { dialog, frame } = parts()
    expect(getComputedStyle(frame).opacity).toBe('0')
    receiveEvent('AUTHSIGNAL_READY', {}, hosted)
    expect(dialog.className).toBe('ready')
    expect(getComputedStyle(frame).opacity).toBe('1')
  })

  test('is 385 px wide and as high as the page inside', () => {
    launch()
    const { dialog, frame } = parts()
    expect(dialog.style.getPropertyValue('--width')).toBe('385px')
    expect(dialog.style.getPropertyValue('--height')).toBe('')
    expect(dialog.className).toBe('')
    receive({ height: 420 }, hosted)
    expect(frame.style.height).toBe('420px')
  })

  test('has the size that the caller chose, whatever the height of the page inside', () => {
    launch({ popupOptions: { width: '50vw', height: '600px' } })
    const { dialog, frame } = parts()
    expect(dialog.style.getPropertyValue('--width')).toBe('50vw')
    expect(dialog.style.getPropertyValue('--height')).toBe('600px')
    expect(dialog.className).toBe('fixed')
    receive({ height: 420 }, hosted)
    expect(frame.style.height).toBe('')
  })

  test('keeps the page behind it from scrolling while it is open', async () => {
    const ofThePage = new CSSStyleSheet()
    document.adoptedStyleSheets = [ofThePage]
    const { launched } = launch()
    expect(document.adoptedStyleSheets).toHaveLength(2)
    expect(getComputedStyle(document.documentElement).overflow).toBe('hidden')
    finish('new-token')
    await launched
    expect([...document.adoptedStyleSheets]).toEqual([ofThePage])
    document.adoptedStyleSheets = []
  })

  test('is gone when it has faded out, and its launch has resolved before', async () => {
    const { launched } = launch()
    const { dialog } = parts()
    dialog.close()
    await launched
    expect(dialog.open).toBe(false)
    await vi.advanceTimersByTimeAsync(149)
    expect(hosts()).toHaveLength(1)
    await vi.advanceTimersByTimeAsync(1)
    expect(hosts()).toHaveLength(0)
    expect(vi.getTimerCount()).toBe(0)
  })

  test('shows a success for 600 ms before it fades out, and its launch has resolved before', async () => {
    const { launched } = launch()
    const { dialog } = parts()
    finish('new-token')
    expect(await launched).toMatchObject({ token: 'new-token' })
    expect(dialog.open).toBe(false)
    expect(dialog.classList).toContain('verified')
    await vi.advanceTimersByTimeAsync(749)
    expect(hosts()).toHaveLength(1)
    await vi.advanceTimersByTimeAsync(1)
    expect(hosts()).toHaveLength(0)
  })

  test('leaves the focus where the page has put it meanwhile', async () => {
    launch()
    const input = document.querySelector('input')!
    input.focus()
    finish()
    expect(document.activeElement).toBe(input)
  })
})

describe('a popup that may not be closed', () => {
  const key = (name: string) => new KeyboardEvent('keydown', { key: name, cancelable: true, bubbles: true })
  const cancel = () => new Event('cancel', { cancelable: true })

  test('is an alert without a close button, and refuses Escape', async () => {
    const { outcome } = launch({ popupOptions: { isClosable: false } })
    const { dialog, closeButton } = parts()
    expect(dialog.getAttribute('role')).toBe('alertdialog')
    expect(dialog.getAttribute('closedby')).toBe('none')
    expect(closeButton).toBeNull()
    expect(dialog.dispatchEvent(key('Escape'))).toBe(false)
    expect(dialog.dispatchEvent(cancel())).toBe(false)
    expect(dialog.dispatchEvent(key('Tab'))).toBe(true)
    dialog.click()
    await settle()
    expect(outcome()).toBeUndefined()
  })

  test('differs from others, which leave Escape to the browser', () => {
    launch()
    const { dialog } = parts()
    expect(dialog.dispatchEvent(key('Escape'))).toBe(true)
    expect(dialog.dispatchEvent(cancel())).toBe(true)
  })
})

describe('the outcome', () => {
  test('is the token, which the client uses from then on', async () => {
    const { launched, bearer } = launch()
    expect(await bearer()).toBe('Bearer track-token')
    finish('new-token')
    expect(await launched).toEqual({ token: 'new-token', data: { token: 'new-token' } })
    expect(await bearer()).toBe('Bearer new-token')
  })

  test.each<[string, () => void]>([
    ['the user cancels in the hosted page', () => finish()],
    ['the close button is clicked', () => parts().closeButton!.click()],
    ['the backdrop is clicked', () => parts().dialog.click()],
    ['the browser closes the dialog, as on Escape', () => parts().dialog.close()],
    ['the user leaves the page', () => dispatchEvent(new Event('pagehide'))],
  ])('is popup_closed when %s, and the token stays', async (_, end) => {
    const { launched, bearer } = launch()
    end()
    expect(await launched).toMatchObject(CLOSED)
    expect(await bearer()).toBe('Bearer track-token')
  })

  test('is popup_closed when a script of the page has removed it, and the focus goes back', async () => {
    const { launched, outcome } = launch()
    await vi.advanceTimersByTimeAsync(500)
    expect(outcome()).toBeUndefined()
    parts().host.remove()
    await vi.advanceTimersByTimeAsync(100)
    expect(await launched).toMatchObject(CLOSED)
    expect(document.activeElement).toBe(button)
  })

  test('is aborted when the signal aborts', async () => {
    const controller = new AbortController()
    const { launched } = launch({ signal: controller.signal })
    controller.abort()
    expect(await launched).toMatchObject({ errorCode: 'aborted' })
    expect(parts().dialog.open).toBe(false)
  })

  test('is aborted, without a popup, when the signal had aborted before', async () => {
    const { launched } = launch({ signal: AbortSignal.abort() })
    expect(await launched).toMatchObject({ errorCode: 'aborted' })
    expect(hosts()).toHaveLength(0)
  })

  test('stays the first one: a later message and signal change nothing', async () => {
    const controller = new AbortController()
    const onError = vi.fn()
    const { launched, bearer } = launch({ signal: controller.signal, onError })
    const close = vi.spyOn(parts().dialog, 'close')
    finish('first')
    finish('second')
    receiveEvent('AUTHSIGNAL_API_ERROR', {}, hosted)
    controller.abort()
    dispatchEvent(new Event('pagehide'))
    expect(await launched).toMatchObject({ token: 'first' })
    expect(await bearer()).toBe('Bearer first')
    expect(close).toHaveBeenCalledOnce()
    expect(onError).not.toHaveBeenCalled()
  })

  test('is launch_failed when the hosted page is silent for the timeout of the client', async () => {
    const { launched, outcome } = launch(undefined, { timeout: 3000 })
    await vi.advanceTimersByTimeAsync(2999)
    expect(outcome()).toBeUndefined()
    await vi.advanceTimersByTimeAsync(1)
    expect(await launched).toMatchObject({
      errorCode: 'launch_failed',
      errorDescription: `${ORIGIN} did not load. Check the address, and that your page may frame it.`,
    })
  })

  test('a page that loads late has the whole timeout from then on, once', async () => {
    const { launched, outcome } = launch(undefined, { timeout: 3000 })
    await vi.advanceTimersByTimeAsync(2000)
    parts().frame.dispatchEvent(new Event('load'))
    await vi.advanceTimersByTimeAsync(2000)
    parts().frame.dispatchEvent(new Event('load'))
    await vi.advanceTimersByTimeAsync(999)
    expect(outcome()).toBeUndefined()
    await vi.advanceTimersByTimeAsync(1)
    expect(await launched).toMatchObject({ errorCode: 'launch_failed' })
  })

  test.each(['before', 'after'])(
    'has no time limit once the page is ready, %s the frame has loaded',
    async order => {
      const { outcome } = launch(undefined, { timeout: 3000 })
      const load = () => parts().frame.dispatchEvent(new Event('load'))
      if (order === 'after') load()
      receiveEvent('AUTHSIGNAL_READY', {}, hosted)
      if (order === 'before') load()
      await vi.advanceTimersByTimeAsync(600_000)
      expect(outcome()).toBeUndefined()
    },
  )

  test('a frame that loads while the popup fades out starts no timer', async () => {
    const { launched } = launch()
    const { frame } = parts()
    finish('new-token')
    await launched
    frame.dispatchEvent(new Event('load'))
    await vi.advanceTimersByTimeAsync(750)
    expect(vi.getTimerCount()).toBe(0)
  })
})

describe('messages', () => {
  test.each<[string, unknown, string]>([
    ['another origin', hosted, 'https://ui.test.example'],
    ['another window of the same origin', {}, ORIGIN],
    ['another window of another origin', {}, 'https://other.example'],
  ])('of %s are ignored', async (_, source, origin) => {
    const onError = vi.fn()
    const { outcome } = launch({ onError })
    receive({ height: 420 }, source, origin)
    for (const event of ['AUTHSIGNAL_READY', 'AUTHSIGNAL_API_ERROR', 'AUTHSIGNAL_CLOSE_POPUP'])
      receiveEvent(event, { token: 'forged', errorCode: 'forged' }, source, origin)
    await settle()
    expect(outcome()).toBeUndefined()
    expect(onError).not.toHaveBeenCalled()
    expect(parts().frame.style.height).toBe('')
    expect(parts().dialog.className).toBe('')
  })

  test('about failed requests go to onError, and the popup stays open', async () => {
    const onError = vi.fn()
    const { outcome } = launch({ onError })
    const failed = { errorCode: 'expired_token', statusCode: 401 }
    receiveEvent('AUTHSIGNAL_API_ERROR', failed, hosted)
    await settle()
    expect(onError).toHaveBeenCalledExactlyOnceWith(failed)
    expect(outcome()).toBeUndefined()
  })

  test('about failed requests are no failure where there is no onError', async () => {
    const reported = vi.fn()
    vi.stubGlobal('reportError', reported)
    launch()
    receiveEvent('AUTHSIGNAL_API_ERROR', {}, hosted)
    expect(reported).not.toHaveBeenCalled()
  })
})

describe('a second launch', () => {
  const OPEN = {
    errorCode: 'popup_already_open',
    errorDescription: 'Another popup or window is still open. Finish that one first.',
  }

  test('is refused while the first popup is open, and possible in the task of its outcome', async () => {
    const { client, launched } = launch()
    expect(await client.launch(ADDRESS)).toMatchObject(OPEN)
    expect(hosts()).toHaveLength(1)
    finish('new-token')
    const again = client.launch(ADDRESS)
    expect(hosts()).toHaveLength(2)
    await launched
    finish('third-token')
    expect(await again).toMatchObject({ token: 'third-token' })
  })

  test('is not affected by what happens to the first popup after its outcome', async () => {
    const { client } = launch()
    const first = parts().dialog
    finish()
    let outcome: object | undefined
    void client.launch(ADDRESS).then(response => {
      outcome = response
    })
    // Browsers dispatch it in a later task.
    first.dispatchEvent(new Event('close'))
    await vi.advanceTimersByTimeAsync(1000)
    expect(outcome).toBeUndefined()
    expect(await client.launch(ADDRESS)).toMatchObject(OPEN)
  })
})

describe('a popup that cannot be shown', () => {
  const NOT_SHOWN = {
    errorCode: 'launch_failed',
    errorDescription: 'The browser cannot show a popup in this page. Use another mode.',
  }

  test.each<[string, Record<string, () => void>, string]>([
    ['modal dialogs', HTMLDialogElement.prototype as never, 'showModal'],
    ['constructed style sheets', CSSStyleSheet.prototype as never, 'replaceSync'],
  ])('for want of %s is launch_failed with its cause, and nothing is left', async (_, target, method) => {
    const cause = new Error('no')
    const broken = vi.spyOn(target, method).mockImplementation(() => {
      throw cause
    })
    const { client, launched } = launch()
    expect(await launched).toMatchObject({ ...NOT_SHOWN, cause })
    expect(hosts()).toHaveLength(0)
    expect(document.adoptedStyleSheets).toHaveLength(0)
    broken.mockRestore()
    const again = client.launch(ADDRESS)
    finish('new-token')
    expect(await again).toMatchObject({ token: 'new-token' })
  })

  test.each([
    ['"popupOptions.width" must be a CSS width', { width: 'wide' }],
    ['"popupOptions.width" must be a CSS width', { width: '' }],
    ['"popupOptions.height" must be a CSS height', { height: 'tall' }],
    ['"popupOptions.height" must be a CSS height', { width: '10px', height: '' }],
  ])('rejects with a TypeError: %s, for %j', async (message, popupOptions) => {
    const { launched } = launch({ popupOptions })
    await expect(launched).rejects.toThrow(new TypeError(message))
    expect(hosts()).toHaveLength(0)
  })

  test.each(['tab', 'popups', 'no-popup', 'windowed', 'a-window', ''])(
    'rejects with a TypeError that lists the modes for mode %j',
    async mode => {
      const { launched } = launch({ mode } as never)
      await expect(launched).rejects.toThrow(new TypeError('"mode" must be "popup", "window" or "redirect"'))
      expect(hosts()).toHaveLength(0)
    },
  )

  test('mode "popup" is the default', () => {
    launch({ mode: 'popup' })
    expect(hosts()).toHaveLength(1)
  })
})

describe('mode "redirect"', () => {
  test('leaves the page for the address as it is, and returns nothing', () => {
    const client = new Authsignal({ tenantId: 'acme' })
    const assign = vi.fn()
    vi.stubGlobal('location', { assign })
    expect(client.launch(ADDRESS, { mode: 'redirect' })).toBeUndefined()
    expect(String(assign.mock.calls[0])).toBe(ADDRESS)
    expect(hosts()).toHaveLength(0)
  })
})
