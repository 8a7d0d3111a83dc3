/** @jsxImportSource ./lib */
/**
 * The challenge: the screens of one session, in a node of the page.
 *
 * `flows/` has the logic, `screens/` the markup, `theme/` the appearance, `wording/` the texts.
 *
 * @module
 */
import { defineCode } from '../code/define.js'
import { createFlow, type FlowInput } from './flows/flow.js'
import type { Screen } from './flows/screen.js'
import { createDrawing } from './lib/draw.js'
import { heightChange } from './lib/height.js'
import { onChange, signal } from './lib/signal.js'
import { type ChallengeMethod, combine } from './parts.js'
import { Challenge } from './screens/challenge.js'
import { inWords } from './screens/words.js'
import type { Appearance } from './theme/appearance.js'
import { createFrame } from './theme/frame.js'
import type { ChallengeMessages } from './wording/catalogue.js'
import { COMMON } from './wording/english/common.js'
import { createWording } from './wording/wording.js'
import type { Words } from './wording/words.js'

export interface ChallengeInput extends Omit<FlowInput, 'offer' | 'flows' | 'onExtension'> {
  readonly methods: readonly ChallengeMethod[]
  /** Whether the order of the methods counts. Otherwise it depends on the user. Default `false`. */
  readonly isOrdered?: boolean
  /** Default: light or dark as the page, without a brand. */
  readonly appearance?: Appearance
  /** The first screen is drawn: the session is loaded, or a notice says why not. */
  onReady?(): void
  /** A screen is drawn, or its language has changed. */
  onScreen?(screen: DrawnScreen): void
  /** The app's own texts, in place of those of the language. */
  readonly messages?: ChallengeMessages | undefined
}

export interface DrawnScreen {
  readonly name: Screen['name']
  /** Its heading. */
  readonly title: string
  /** The language that it is in. */
  readonly lang: string
  readonly dir: 'ltr' | 'rtl'
}

export interface MountedChallenge {
  /**
   * Changes the appearance. The user stays where they are.
   *
   * @throws {TypeError} When it is not valid; the message names it in quotes. Nothing has changed then.
   */
  setAppearance(appearance: Appearance): void
  /** Replaces the app's own texts. The screen and what the user has entered stay. */
  setMessages(messages: ChallengeMessages | undefined): void
  /** Does what the "Cancel" button does: calls `onSuccess` if the user is verified, otherwise `onCancel`. */
  leave(): void
  /** Stops timers and requests, and empties the node. No handler is called any more. */
  unmount(): void
}

/** After this time, in milliseconds, the user is told that it takes long. */
const SLOW = 3000

let challenges = 0

/**
 * Takes the user through a challenge in `node`, which has to be empty. The language is that of the node: its `lang`
 * attribute, or that of the closest element around it.
 *
 * @throws {TypeError} When the appearance is not valid; the message names it in quotes.
 */
export function mountChallenge(node: Element, input: ChallengeInput): MountedChallenge {
  defineCode()
  const { methods, flows, views: ofMethods } = combine(input.methods)
  let views = ofMethods
  const flow = createFlow({
    ...input,
    offer: { methods, isOrdered: input.isOrdered ?? false },
    flows,
    isFramed: window.parent !== window,
    onExtension(extension) {
      views = { ...views, ...extension.views }
      wording.add(extension.english)
      frame.addStyles(extension.styles)
    },
  })
  const frame = createFrame(node, input.appearance ?? {})
  // A page can have several challenges.
  const drawing = createDrawing(frame.screen, `authsignal-challenge-${++challenges}-`)
  const english = [COMMON, ...methods.map(method => method.english)]
  const wording = createWording(node, english, input.messages)
  let drawn: { readonly screen: Screen; readonly words: Words } | undefined
  const isSlow = signal(false)
  const loading: Screen = { name: 'loading', isSlow }
  let timer: ReturnType<typeof setTimeout> | undefined
  let isReady = false

  /** One screen for all that is loaded, one after the other. */
  function currentScreen() {
    const screen = flow.screen.value
    return wording.isReady.value && screen.name !== 'loading' ? screen : loading
  }

  function startTimer() {
    isSlow.value = false
    timer = setTimeout(() => {
      isSlow.value = true
    }, SLOW)
  }

  function draw() {
    const screen = currentScreen()
    const words = wording.words.value
    const isNew = drawn?.screen !== screen
    const isInOtherWords = drawn?.words !== words
    drawn = { screen, words }
    const resize = isNew && isReady ? heightChange(frame.root) : undefined
    if (isNew) clearTimeout(timer)
    if (isNew && screen === loading) startTimer()
    // Nothing of a screen is left on the next one, even if both are of the same kind.
    if (isNew) drawing(null)
    frame.setLanguage(words)
    inWords(words, () =>
      drawing(
        <div data-screen={screen.name}>
          <Challenge flow={flow} screen={screen} views={views} />
        </div>,
      ),
    )
    resize?.()
    const isLoading = screen.name === 'loading'
    // Between two screens the focus is on what loads. Without that, the page would lose it.
    if (isNew && (isReady || (!isLoading && mayTakeFocus(node))))
      node.querySelector<HTMLElement>('[data-focus]')?.focus({ preventScroll: !isReady })
    if (isLoading) return
    if (!isReady) input.onReady?.()
    isReady = true
    if (!isNew && !isInOtherWords) return
    const { lang, dir } = words
    input.onScreen?.({
      name: screen.name,
      title: node.querySelector('[data-authsignal=title]')?.textContent ?? '',
      lang,
      dir,
    })
  }

  const stopDrawing = onChange(draw)
  draw()
  void flow.start()
  return {
    setAppearance: frame.setAppearance,
    leave: flow.leave,
    setMessages: wording.setMessages,
    unmount() {
      flow.stop()
      stopDrawing()
      clearTimeout(timer)
      wording.stop()
      frame.remove()
    },
  }
}

/** Whether the first screen may move the focus: not away from what the user does elsewhere on the page. */
function mayTakeFocus(node: Element): boolean {
  const { activeElement, body } = node.ownerDocument
  return (
    !activeElement || activeElement === body || node.contains(activeElement) || node.matches('[autofocus]')
  )
}
