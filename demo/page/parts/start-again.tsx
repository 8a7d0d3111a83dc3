/**
 * The button that starts a scenario again.
 *
 * @module
 */
import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'

/** It replaces the button that was pressed, so the second click of a double click would land on it. */
const PAUSE = 500

export function StartAgain({ onClick }: { readonly onClick: () => void }) {
  const isReady = useSignal(false)
  useEffect(() => {
    const timer = setTimeout(() => {
      isReady.value = true
    }, PAUSE)
    return () => clearTimeout(timer)
  }, [])
  return (
    <button type="button" class="link" disabled={!isReady.value} onClick={onClick}>
      Start again
    </button>
  )
}
