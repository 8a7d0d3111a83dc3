/**
 * The texts of one challenge: follows the language of the page and the app's own texts.
 *
 * @module
 */

import { type ReadonlySignal, signal } from '../lib/signal.js'
import type { ChallengeMessages } from './catalogue.js'
import { choose, wantedAt } from './languages.js'
import { createWords, type Words } from './words.js'

export interface Wording {
  /** English until the first language is loaded. Then the texts stay until those of another one are there. */
  readonly words: ReadonlySignal<Words>
  /** Whether the first language is loaded, or cannot be. */
  readonly isReady: ReadonlySignal<boolean>
  /** Adds English texts to those that are built in. */
  add(english: readonly ChallengeMessages[]): void
  /** Sets the app's own texts, in place of the earlier ones. */
  setMessages(messages: ChallengeMessages | undefined): void
  /** No longer follows the page. */
  stop(): void
}

/**
 * @param node Its `lang` attribute, or that of the closest element around it, decides. A `dir` attribute of its own goes
 *   before the direction of the language.
 * @param builtIn The English texts that are built in.
 */
export function createWording(
  node: Element,
  builtIn: readonly ChallengeMessages[],
  messages: ChallengeMessages | undefined,
): Wording {
  let english = builtIn
  const direction = () => node.getAttribute('dir')
  const words = signal(createWords('en', english, direction()))
  const isReady = signal(false)
  /** The language and the direction. */
  let followed: string | undefined
  /** Those of another language. */
  let texts: ChallengeMessages | undefined
  let own = messages

  function use(chosen: string, loaded?: ChallengeMessages) {
    texts = loaded
    words.value = createWords(chosen, [own ?? {}, texts ?? {}, ...english], direction())
    isReady.value = true
  }

  /** Uses what has changed, once there are words at all. */
  function refresh() {
    if (isReady.value) use(words.value.lang, texts)
  }

  async function follow() {
    const { tag, load } = choose(wantedAt(node))
    const wanted = tag + direction()
    if (wanted === followed) return
    followed = wanted
    if (!load) return use(tag)
    const loaded = await load().catch(() => undefined)
    // Another language may be wanted by now.
    if (wanted !== followed) return
    if (loaded) use(tag, loaded.default)
    // English texts are English, also for screen readers.
    else use('en')
  }

  const observer = new MutationObserver(() => void follow())
  const changes = { attributeFilter: ['lang', 'dir'] }
  observer.observe(document, { ...changes, subtree: true })
  // It may be in a shadow tree, which the document does not observe.
  observer.observe(node, changes)
  void follow()

  return {
    words,
    isReady,
    setMessages(next) {
      own = next
      refresh()
    },
    add(more) {
      english = [...english, ...more]
      refresh()
    },
    stop: () => observer.disconnect(),
  }
}
