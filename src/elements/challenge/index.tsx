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
import { createDrawing } from './lib/draw.js'
import { onChange } from './lib/signal.js'
import { METHODS } from './methods/catalogue.js'
import { Challenge } from './screens/challenge.js'
import { inWords } from './screens/words.js'
import type { Appearance } from './theme/appearance.js'
import { createFrame } from './theme/frame.js'
import { COMMON } from './wording/english.js'
import { createWords } from './wording/words.js'

export { type ChallengeClient, createChallengeClient } from './session.js'
export type { Appearance, Brand, Theme } from './theme/appearance.js'

export interface ChallengeInput extends FlowInput {
  /** Default: light or dark as the page, without a brand. */
  readonly appearance?: Appearance
  /** The first screen is drawn: the session is loaded, or a notice says why not. */
  onReady?(): void
  /** A screen is drawn. `title` is its heading. */
  onScreen?(screen: { readonly title: string }): void
}

export interface MountedChallenge {
  /**
   * Changes the appearance. The user stays where they are.
   *
   * @throws {TypeError} When it is not valid; the message names it in quotes. Nothing has changed then.
   */
  setAppearance(appearance: Appearance): void
  /** Does what the "Cancel" button does: calls `onSuccess` if the user is verified, otherwise `onCancel`. */
  leave(): void
  /** Stops timers and requests, and empties the node. No handler is called any more. */
  unmount(): void
}

/**
 * Takes the user through a challenge in `node`, which has to be empty.
 *
 * @throws {TypeError} When the appearance is not valid; the message names it in quotes.
 */
export function mountChallenge(node: Element, input: ChallengeInput): MountedChallenge {
  defineCode()
  const flow = createFlow({ ...input, isFramed: window.parent !== window })
  const frame = createFrame(node, input.appearance ?? {})
  const drawing = createDrawing(frame.screen)
  let drawn: object | undefined
  const words = createWords('en', [COMMON, ...METHODS.map(({ english }) => english)])
  let isReady = false

  function draw() {
    const screen = flow.screen.value
    const isNew = drawn !== screen
    drawn = screen
    // Nothing of a screen is left on the next one, even if both are of the same kind.
    if (isNew) drawing(null)
    frame.setLanguage(words)
    inWords(words, () =>
      drawing(
        <div data-screen={screen.name}>
          <Challenge flow={flow} />
        </div>,
      ),
    )
    if (!isNew || screen.name === 'loading') return
    node.querySelector<HTMLElement>('[data-focus]')?.focus()
    if (!isReady) input.onReady?.()
    isReady = true
    input.onScreen?.({ title: node.querySelector('h1')?.textContent ?? '' })
  }

  const stopDrawing = onChange(draw)
  draw()
  void flow.start()
  return {
    setAppearance: frame.setAppearance,
    leave: flow.leave,
    unmount() {
      flow.stop()
      stopDrawing()
      frame.remove()
    },
  }
}
