/**
 * Copies a text and says so.
 *
 * @module
 */
import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'

interface CopyButtonProps {
  readonly text: string
  /** What is copied, for screen readers: “code 123456”. */
  readonly what: string
}

const RESULT_SHOWN_FOR = 2000

const words = { done: 'Copied', refused: 'Not allowed' }

export function CopyButton({ text, what }: CopyButtonProps) {
  const result = useSignal<keyof typeof words | undefined>(undefined)

  useEffect(() => {
    if (!result.value) return
    const timer = setTimeout(() => {
      result.value = undefined
    }, RESULT_SHOWN_FOR)
    return () => clearTimeout(timer)
  }, [result.value])

  const copy = async () => {
    result.value = await navigator.clipboard.writeText(text).then(
      () => 'done' as const,
      () => 'refused' as const,
    )
  }

  return (
    <span class="copying">
      <button type="button" class="copy" onClick={copy}>
        {result.value ? words[result.value] : 'Copy'} <span class="visually-hidden">{what}</span>
      </button>
      {/* Beside the button: the name of a focused button that changes is not announced. */}
      <span class="visually-hidden" role="status">
        {result.value && `${words[result.value]}: ${what}`}
      </span>
    </span>
  )
}
