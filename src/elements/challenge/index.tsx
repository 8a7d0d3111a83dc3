/**
 * The challenge: the screens of one session, in a node of the page.
 *
 * `flows/` has the logic, `screens/` and `challenge.css` the appearance, `wording/` the texts.
 *
 * @module
 */

import { render } from 'preact'
import { defineCode } from '../code/define.js'
import { createFlow, type FlowInput } from './flows/flow.js'
import { Challenge } from './screens/challenge.js'

export { type ChallengeClient, createChallengeClient } from './session.js'

export interface ChallengeInput extends FlowInput {
  /** The first screen is drawn: the session is loaded, or a notice says why not. */
  onReady?(): void
  /** A screen is drawn. `title` is its heading. */
  onScreen?(screen: { readonly title: string }): void
}

export interface MountedChallenge {
  /** Does what the "Cancel" button does: calls `onSuccess` if the user is verified, otherwise `onCancel`. */
  leave(): void
  /** Stops timers and requests, and empties the node. No handler is called any more. */
  unmount(): void
}

/** Takes the user through a challenge in `node`, which has to be empty. */
export function mountChallenge(node: Element, input: ChallengeInput): MountedChallenge {
  defineCode()
  const flow = createFlow({ ...input, isFramed: window.parent !== window })
  let isReady = false

  function onDrawn() {
    if (!isReady) input.onReady?.()
    isReady = true
    input.onScreen?.({ title: node.querySelector('h1')?.textContent ?? '' })
  }

  render(<Challenge flow={flow} onDrawn={onDrawn} />, node)
  void flow.start()
  return {
    leave: flow.leave,
    unmount() {
      flow.stop()
      render(null, node)
    },
  }
}
