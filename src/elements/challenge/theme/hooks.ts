/**
 * The hooks: the values of `data-authsignal`, by which the pieces of the challenge are styled, by us and by the page.
 *
 * Tests compare this list with the screens and with the guide for theming.
 *
 * @module
 */

/** Every piece. The guide for theming describes each. */
export const HOOKS = [
  // Around everything
  'challenge',
  'brand',
  'brand-logo',
  'action',
  // The heading of a screen
  'badge',
  'icon',
  'title',
  'lead',
  'destination',
  // Forms
  'field',
  'label',
  'input',
  'code',
  'hint',
  'field-error',
  'consent',
  'checkbox',
  // Messages
  'problem',
  'problem-text',
  'status',
  'waiting',
  'loading',
  'spinner',
  // Buttons
  'submit',
  'secondary',
  'quiet',
  'link',
  'exits',
  'resend',
  // The list of methods
  'methods',
  'method',
  'method-text',
  'method-label',
  'method-detail',
  'chevron',
  // The settings
  'authenticators',
  'authenticator',
  'tag',
  'history',
  // The secret of an authenticator app
  'qr',
  'secret-heading',
  'copy',
  'secret',
  // For screen readers only
  'hidden',
] as const

/** A piece of the challenge. */
export type Hook = (typeof HOOKS)[number]
