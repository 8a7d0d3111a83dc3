/** @jsxImportSource ../lib */
/**
 * Copies a text to the clipboard, and announces whether that worked.
 *
 * @module
 */

import type { Signal } from '../lib/signal.js'
import { COPY } from '../wording/screens.js'

export interface CopyButtonProps {
  /** The outcome, for screen readers too. */
  readonly copied: Signal<string>
  readonly text: string
  /** As in "Copy key". */
  readonly what: string
}

export function CopyButton({ copied, text, what }: CopyButtonProps) {
  async function copy() {
    // Frames may lack the permission, and without https there is no clipboard.
    const isCopied = await Promise.resolve(navigator.clipboard?.writeText(text).then(() => true)).catch(
      () => false,
    )
    copied.value = isCopied ? COPY.copied : COPY.notCopied
  }

  return (
    <span class="copy">
      <span role="status">{copied.value}</span>
      <button type="button" class="inline" onClick={copy}>
        {COPY.copy}
        <span class="visually-hidden"> {what}</span>
      </button>
    </span>
  )
}
