/**
 * The style of the list of methods, which loads with it.
 *
 * @module
 */

import { GROUND } from './style.js'

export const CHOOSING_STYLE = `${GROUND} {
  &:where([data-authsignal=methods]) { display: block; margin: 0; padding: 0; list-style: none }
  &:where([data-authsignal=methods] > li) { display: block }
  &:where([data-authsignal=methods] > li + li) { margin-top: var(--as-2) }

  &:where([data-authsignal=method]) {
    display: flex;
    width: 100%;
    min-height: 64px;
    margin: 0;
    padding: var(--as-3) var(--as-4);
    align-items: center;
    gap: var(--as-4);
    appearance: none;
    background: var(--as-surface);
    border: 1px solid var(--as-border);
    border-radius: var(--as-radius);
    color: var(--as-text);
    cursor: pointer;
    font: inherit;
    text-align: start;
    touch-action: manipulation;
  }

  &:where([data-authsignal=method]:hover:not([aria-disabled=true])) { background: var(--as-sunken); border-color: var(--as-border-strong) }
  &:where([data-authsignal=method] [data-authsignal=icon]) { width: 24px; height: 24px; color: var(--as-accent-text) }
  &:where([data-authsignal=method][aria-disabled=true]) {
    background: var(--as-sunken);
    border-color: transparent;
    color: var(--as-muted);
    cursor: default;
  }

  &:where([data-authsignal=method][aria-disabled=true] [data-authsignal=icon]) { color: inherit }

  &:where([data-authsignal=chevron]) { color: var(--as-muted) }
  &:where([dir=rtl] [data-authsignal=chevron]) { transform: scaleX(-1) }
  &:where([dir=rtl] [dir=ltr] [data-authsignal=chevron]) { transform: none }

  &:where([data-authsignal=method-text]) { display: grid; min-width: 0; flex: 1 }

  &:where([data-authsignal=method-label]) {
    font-size: .9375em;
    font-weight: 500;
    line-height: 1.35;
  }

  &:where([data-authsignal=method-text] > [data-authsignal=destination], [data-authsignal=method-detail]) {
    color: var(--as-muted);
    font-size: .875em;
    line-height: 1.43;
  }

  &:where([data-authsignal=method-text] > [data-authsignal=destination]) { justify-self: start }

  @media (forced-colors: active) {
    &:where([data-authsignal=method] [data-authsignal=icon], [data-authsignal=chevron]) { color: inherit }
    &:where([data-authsignal=method][aria-disabled=true]) { border-color: GrayText; color: GrayText }
  }
}`
