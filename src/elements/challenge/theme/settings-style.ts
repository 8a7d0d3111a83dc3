/**
 * The style of the settings, which loads with them.
 *
 * @module
 */

import { GROUND } from './style.js'

export const SETTINGS_STYLE = `${GROUND} {
  &:where([data-authsignal=authenticators]) {
    display: block;
    margin: 0 0 var(--as-6);
    padding: 0;
    border: solid var(--as-border);
    border-width: 1px 0;
    list-style: none;
  }

  &:where([data-authsignal=authenticator]) { display: flex; padding: var(--as-3) 0; gap: var(--as-3) }
  &:where([data-authsignal=authenticator] + [data-authsignal=authenticator]) { border-top: 1px solid var(--as-border) }
  &:where([data-authsignal=authenticator] > [data-authsignal=link]) { align-self: start; font-size: .875em; line-height: 1.43 }
  &:where([data-authsignal=authenticator] > [data-authsignal=icon]) { color: var(--as-muted) }
  &:where([data-authsignal=history]) { color: var(--as-muted); font-size: .8125em; line-height: 1.43 }

  &:where([data-authsignal=tag]) {
    margin-inline-start: var(--as-1);
    padding: 1px 6px;
    background: var(--as-sunken);
    border: 1px solid var(--as-border);
    border-radius: 4px;
    color: var(--as-muted);
    font-size: .8em;
    font-weight: 500;
    line-height: 1.35;
  }

  @media (forced-colors: active) {
    &:where([data-authsignal=authenticator] > [data-authsignal=icon]) { color: inherit }
  }
}`
