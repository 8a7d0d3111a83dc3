/**
 * Copies a text and says so.
 *
 * @module
 */
import { useSignal } from '@preact/signals'

interface CopyButtonProps {
  readonly text: string
  /** What is copied, for screen readers. */
  readonly what: 'code' | 'link' | 'key' | 'text'
}

export function CopyButton({ text, what }: CopyButtonProps) {
  const label = useSignal('Copy')
  const copy = async () => {
    label.value = await navigator.clipboard.writeText(text).then(
      () => 'Copied',
      () => 'Not allowed',
    )
    setTimeout(() => {
      label.value = 'Copy'
    }, 2000)
  }
  return (
    <button type="button" class="copy" onClick={copy}>
      <span aria-live="polite">{label.value}</span>{' '}
      <span class="visually-hidden">
        {what}
        {what === 'code' && ` ${text}`}
      </span>
    </button>
  )
}
