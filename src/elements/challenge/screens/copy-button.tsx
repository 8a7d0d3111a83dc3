/** @jsxImportSource ../lib */
/**
 * Copies the key of an authenticator app to the clipboard, and announces whether that worked.
 *
 * @module
 */

import type { Signal } from '../lib/signal.js'
import { type Message, message } from '../wording/catalogue.js'
import { Button } from './parts.js'
import { useWords } from './words.js'

export interface CopyButtonProps {
  /** The outcome, for screen readers too. */
  readonly copied: Signal<Message | undefined>
  readonly text: string
}

export function CopyButton({ copied, text }: CopyButtonProps) {
  const words = useWords()

  async function copy() {
    // Frames may lack the permission, and without https there is no clipboard.
    const isCopied = await Promise.resolve(navigator.clipboard?.writeText(text).then(() => true)).catch(
      () => false,
    )
    copied.value = message(isCopied ? 'totp.copied' : 'totp.notCopied')
  }

  return (
    <span data-authsignal="copy">
      <span role="status">{copied.value && words.of(copied.value)}</span>
      <Button piece="link" onClick={copy}>
        {words.text('totp.copy')}
      </Button>
    </span>
  )
}
