/**
 * Copies a text and says so.
 *
 * @module
 */

import { useSignal } from '@preact/signals'

export interface CopyButtonProps {
  readonly text: string
  /** As in "Copy key". */
  readonly what: string
}

export function CopyButton({ text, what }: CopyButtonProps) {
  const outcome = useSignal<'Copied' | 'Select it to copy' | ''>('')

  async function copy() {
    // A frame may not be allowed to, and without https there is no clipboard.
    const isCopied = await Promise.resolve(navigator.clipboard?.writeText(text).then(() => true)).catch(
      () => false,
    )
    outcome.value = isCopied ? 'Copied' : 'Select it to copy'
  }

  return (
    <span class="copy">
      <span role="status">{outcome.value}</span>
      <button type="button" class="inline" onClick={copy}>
        Copy<span class="visually-hidden"> {what}</span>
      </button>
    </span>
  )
}
