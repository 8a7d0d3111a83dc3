/**
 * Copies a text and says so.
 *
 * @module
 */
import { useSignal } from '@preact/signals'

export function CopyButton({ text }: { readonly text: string }) {
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
      <span aria-live="polite">{label.value}</span> <span class="visually-hidden">code {text}</span>
    </button>
  )
}
