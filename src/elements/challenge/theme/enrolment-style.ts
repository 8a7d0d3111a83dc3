/**
 * The style of the screens that add a method, which loads with them.
 *
 * @module
 */

import { GROUND } from './style.js'

export const ENROLMENT_STYLE = `${GROUND} {
  &:where([data-authsignal=consent]) {
    display: flex;
    margin: 0;
    padding: var(--as-2) 0;
    gap: var(--as-3);
    color: var(--as-muted);
    cursor: pointer;
    font-size: .875em;
    line-height: 1.43;
  }

  &:where([data-authsignal=checkbox]) {
    width: 20px;
    height: 20px;
    margin: 0;
    flex: none;
    accent-color: var(--as-accent-text);
    cursor: pointer;
  }

  /* The secret of an authenticator app. */

  &:where([data-authsignal=secret-heading]) {
    display: flex;
    margin: 0 0 calc(var(--as-1) * 1.5);
    justify-content: space-between;
    gap: var(--as-3);
    font-size: .875em;
    font-weight: 500;
    line-height: 1.43;
  }

  &:where([data-authsignal=copy] > [role=status]) {
    margin-inline-end: var(--as-2);
    color: var(--as-muted);
    font-weight: 400;
  }

  &:where([data-authsignal=secret]) {
    display: grid;
    margin: 0 0 var(--as-6);
    padding: var(--as-3);
    grid-template-columns: repeat(auto-fill, minmax(4.5ch, auto));
    justify-content: space-between;
    gap: 2px var(--as-2);
    background: var(--as-sunken);
    border: 1px solid var(--as-border);
    border-radius: var(--as-radius);
    font-family: var(--as-mono);
    font-size: .9375em;
    line-height: 1.6;
    user-select: all;
    -webkit-user-select: all;
  }
}`
