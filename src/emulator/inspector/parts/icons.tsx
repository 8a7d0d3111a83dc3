/**
 * The icons of the phone.
 *
 * @module
 */
import type { IconName } from './icon-name.js'

const shapes: Record<IconName, string> = {
  SMS: 'M4 4h16v12H9l-5 4z',
  WHATSAPP:
    'M12 3a9 9 0 0 0-7.7 13.6L3 21l4.5-1.2A9 9 0 1 0 12 3zM8.6 8.2c.3 4 3 6.700 7 7.200l.800-2-2.200-1-1 .800a6 6 0 0 1-2.600-2.600l.800-1-1-2.200z',
  EMAIL: 'M3 5h18v14H3zM3 6l9 7 9-7',
  APPROVALS: 'M12 3l8 3v6c0 4-3 7-8 9-5-2-8-5-8-9V6zM8 12l3 3 5-6',
  CODES: 'M12 3a9 9 0 1 0 0 18a9 9 0 1 0 0-18zM12 7v5l3 3',
}

export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg class={`icon icon-${name.toLowerCase()}`} viewBox="0 0 24 24" aria-hidden="true">
      <path d={shapes[name]} />
    </svg>
  )
}
