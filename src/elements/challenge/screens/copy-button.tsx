/**
 * Copies a text to the clipboard, and announces whether that worked.
 *
 * @module
 */

import { useSignal } from '@preact/signals'
import { COPY } from '../wording/screens.js'

export interface CopyButtonProps {
  readonly text: string
  /** As in "Copy key". */
  readonly what: string
}

export function CopyButton({ text, what }: CopyButtonProps) {
  const outcome = useSignal('')

  async function copy() {
    // Frames may lack the permission, and without https there is no clipboard.
    const isCopied = await Promise.resolve(navigator.clipboard?.writeText(text).then(() => true)).catch(
      () => false,
    )
    outcome.value = isCopied ? COPY.copied : COPY.notCopied
  }

  return (
    <span class="copy">
      <span role="status">{outcome.value}</span>
      <button type="button" class="inline" onClick={copy}>
        {COPY.copy}
        <span class="visually-hidden"> {what}</span>
      </button>
    </span>
  )
}
