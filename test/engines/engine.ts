/**
 * One way to use every browser engine: the operations that a test can use in Chromium, Firefox and WebKit.
 *
 * How each engine does it is in `chromium.ts`, `firefox.ts` and `webkit.ts`; installing them is `install.ts`.
 *
 * @module
 */

export const ENGINE_NAMES = ['chromium', 'firefox', 'webkit'] as const

export type EngineName = (typeof ENGINE_NAMES)[number]

/** What not every engine can do. A test that needs one of these skips where `lacks` gives a reason. */
export type Feature =
  /** `EnginePage.setOffline`. */
  | 'offline'
  /** `EnginePage.domCounters`. */
  | 'domCounters'
  /** `EnginePage.setHidden`. */
  | 'hidden'
  /** `EnginePage.resize`. */
  | 'resize'
  /** `EnginePage.emulate`. */
  | 'emulate'
  /** Errors of a page that does not load `collect-errors.js`. */
  | 'errorsOfAnyPage'
  /** `evaluate()` in a frame leaves the focus where it is. */
  | 'frameWithoutFocus'
  /** A window that opens takes the focus. */
  | 'windowFocus'
  /** `evaluate()` does not count as a click, so that a window opened in it is blocked. */
  | 'evaluateWithoutActivation'

/** What travels to a page and back. */
export type Json =
  | string
  | number
  | boolean
  | null
  | undefined
  | readonly Json[]
  | { readonly [key: string]: Json }

export interface Engine {
  readonly name: EngineName
  readonly version: string
  /** Why it cannot do something that others can. */
  readonly lacks: Partial<Readonly<Record<Feature, string>>>
  /** A page with cookies and storage of its own. */
  newPage(): Promise<EnginePage>
  /** Ends the browser, and everything that was started for it. */
  close(): Promise<void>
}

/** The top of a page, or a frame in it. */
export interface EngineFrame {
  /**
   * Calls a function, or takes the value of an expression, and awaits what it gives. It travels as text, so
   * it can use nothing around it but its arguments.
   *
   * One at a time: to start something that waits for the user, keep its promise on the page and read
   * the outcome later.
   */
  evaluate<A extends readonly Json[], R>(run: ((...args: A) => R) | string, ...args: A): Promise<Awaited<R>>
  /** Clicks for real in the middle of an element, once it is there; open shadow roots are looked into. */
  click(selector: string): Promise<void>
}

export type Preference = 'forced colours' | 'reduced motion' | 'none'

export type Key = 'Enter' | 'Escape' | 'Space' | 'Tab' | 'Shift+Tab'

export interface EnginePage extends EngineFrame {
  /** Goes there and waits until it has loaded. */
  goto(url: string): Promise<void>
  /**
   * One step back in the history, into the page as it was left where the engine has kept it. Go nowhere else
   * afterwards: Firefox's driver loses track of a page that was kept.
   */
  back(): Promise<void>
  /** The document inside of an iframe, of whatever origin; open shadow roots are looked into. */
  frame(selector: string): EngineFrame
  /** Clicks for real at a point, in CSS pixels from the top left of the page as it is visible. */
  clickAt(x: number, y: number): Promise<void>
  /** Presses a key for real, wherever the focus is. */
  press(key: Key): Promise<void>
  /** Types a text for real, wherever the focus is. */
  type(text: string): Promise<void>
  /** The windows that this page has opened, without those that are closed again. */
  windows(): Promise<EnginePage[]>
  /** The next of them, once it is there. */
  window(): Promise<EnginePage>
  /** Makes the page this large, in CSS pixels, however small; absent where `lacks.resize`. */
  readonly resize?: (width: number, height: number) => Promise<void>
  /** Hides the page, or shows it again; absent where `lacks.hidden`. */
  readonly setHidden?: (isHidden: boolean) => Promise<void>
  /** Makes the page believe in a preference of its user; absent where `lacks.emulate`. */
  readonly emulate?: (preference: Preference) => Promise<void>
  /** Writes a PNG. */
  screenshot(path: string): Promise<void>
  /** Cuts the network off, or brings it back; absent where `lacks.offline`. */
  readonly setOffline?: (isOffline: boolean) => Promise<void>
  /** What is alive on the page after a garbage collection; absent where `lacks.domCounters`. */
  readonly domCounters?: () => Promise<DomCounters>
  /**
   * Uncaught errors, unhandled rejections and calls of `console.error`, here, in its frames and in the
   * windows that it opened. What the browser itself notes, such as a response with an error status or a
   * breach of a policy, is not among them.
   */
  errors(): Promise<readonly string[]>
  /** Closes it as its user would; the first page of a session takes its windows along. */
  close(): Promise<void>
}

export interface DomCounters {
  readonly nodes: number
  readonly documents: number
  readonly listeners: number
}

/** The engines to test in: those in `ENGINES`, such as `ENGINES=firefox,webkit`, or all. */
export function engineNames(): readonly EngineName[] {
  const names = process.env.ENGINES?.split(',').map(name => name.trim()) ?? ENGINE_NAMES
  return names.map(name => {
    const known = ENGINE_NAMES.find(engine => engine === name)
    if (!known) throw new Error(`ENGINES names "${name}", which is none of ${ENGINE_NAMES.join(', ')}.`)
    return known
  })
}

/** Each driver is loaded only when its engine is used. */
export async function openEngine(name: EngineName): Promise<Engine> {
  if (name === 'chromium') return (await import('./chromium.js')).openChromium()
  if (name === 'firefox') return (await import('./firefox.js')).openFirefox()
  return (await import('./webkit.js')).openWebKit()
}
