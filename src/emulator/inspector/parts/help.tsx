/**
 * The keys of the page.
 *
 * @module
 */
import type { RefObject } from 'preact'

const KEYS = [
  ['/', 'Search all views'],
  ['1 – 9', 'Go to a view'],
  ['j, ↓', 'Next item'],
  ['k, ↑', 'Previous item'],
  ['Enter', 'Open the item, copy its code, or approve it'],
  ['Esc', 'Close the details, or end the search'],
  ['?', 'This help'],
] as const

export function Help({ dialog }: { readonly dialog: RefObject<HTMLDialogElement | null> }) {
  return (
    <dialog ref={dialog} aria-labelledby="help-title">
      <h2 id="help-title">Keys</h2>
      <dl class="keys">
        {KEYS.map(([key, use]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{use}</dd>
          </div>
        ))}
      </dl>
      <p class="buttons">
        <button type="button" class="secondary" onClick={() => dialog.current?.close()}>
          Close
        </button>
      </p>
    </dialog>
  )
}
