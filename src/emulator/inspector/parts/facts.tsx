/**
 * Names and values. Those without a value are left out.
 *
 * @module
 */
import type { ComponentChildren } from 'preact'
import { CopyButton } from './copy-button.js'

export function Facts({ facts }: { readonly facts: readonly (readonly [string, ComponentChildren])[] }) {
  return (
    <dl class="facts">
      {facts.map(([name, value]) =>
        value === undefined || value === '' || value === false ? null : (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ),
      )}
    </dl>
  )
}

/** An ID that can be copied. */
export function Id({ id, what }: { readonly id: string; readonly what: string }) {
  return (
    <span class="id">
      <code>{id}</code> <CopyButton text={id} what={what} />
    </span>
  )
}
