/**
 * The style of the challenge. `hooks.ts` lists the pieces, `palette.ts` makes the colours. The styles of screens that load
 * when they are needed are next to this one, and load with them.
 *
 * The challenge is in the page, not in a shadow root, so the rules of the page reach it. Which of them count is decided
 * by specificity:
 *
 * - All selectors here are within `:where()`, which counts nothing, and below one list of element names, which counts as
 *   many elements. So each rule wins against rules for elements, such as `* {}`, `button {}`, `main form input {}` and
 *   whole CSS resets, and loses against a rule with one attribute or class, such as those for the hooks.
 * - `all: revert` takes away what the rules for elements have set, whichever property it is.
 * - What no theme should change is `!important` in the layer `authsignal`: that wins against every rule of the page.
 *
 * @module
 */

import { PROBE_STYLE } from './apply-theme.js'

/** Matches everything, and counts as much as twelve element names. */
export const GROUND = `:is(*, ${'i '.repeat(12)})`

export const STYLE = `@layer authsignal {
  [data-authsignal=challenge], [data-authsignal=challenge] * {
    box-sizing: border-box !important;
    float: none !important;
    clear: none !important;
    columns: auto !important;
    appearance: none;
  }

  [data-authsignal=hidden], [data-authsignal=probe] {
    position: absolute !important;
    width: 1px !important;
    height: 1px !important;
    margin: -1px !important;
    padding: 0 !important;
    border: 0 !important;
    overflow: hidden !important;
    clip-path: inset(50%) !important;
    white-space: nowrap !important;
  }

  [data-authsignal=probe] {
    ${PROBE_STYLE.replaceAll(';', ' !important;')} !important;
    outline-color: Canvas !important;
    /* The colours of the page, not those that replace them. */
    forced-color-adjust: none !important;
    transition: all 1ms step-start !important;
  }

  @keyframes authsignal-turn {
    to { transform: rotate(1turn) }
  }
}

${GROUND} {
  &:where([data-authsignal=challenge] :not(svg *, [data-authsignal=probe])),
  &:where([data-authsignal=challenge], [data-authsignal=challenge] *)::before,
  &:where([data-authsignal=challenge], [data-authsignal=challenge] *)::after {
    all: revert;
  }

  /* Keeps attributes such as d, which count as the style of a page too. */
  &:where([data-authsignal=challenge] svg *) { all: revert-layer }

  &:where([data-authsignal=challenge]) {
    --as-radius: var(--authsignal-radius, 8px);
    --as-1: var(--authsignal-spacing, 4px);
    --as-2: calc(var(--as-1) * 2);
    --as-3: calc(var(--as-1) * 3);
    --as-4: calc(var(--as-1) * 4);
    --as-6: calc(var(--as-1) * 6);
    --as-control: var(--authsignal-control-height, 44px);
    --as-mono: var(--authsignal-font-mono, ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace);

    /* The size is the one that the user has chosen, not that of the page. */
    all: initial;
    position: relative;
    /* Next to what floats in the page, not around it. */
    display: flow-root;
    width: 100%;
    max-width: var(--authsignal-width, 420px);
    margin: 0 auto;
    padding: var(--authsignal-padding, clamp(20px, 7%, 32px));
    background: var(--as-surface);
    border: 1px solid var(--as-border);
    border-radius: calc(var(--as-radius) * 1.75);
    box-shadow: var(--authsignal-shadow, 0 1px 2px rgb(16 24 40 / 6%), 0 8px 24px rgb(16 24 40 / 8%));
    color: var(--as-text);
    color-scheme: inherit;
    font: 400 var(--authsignal-font-size, medium)/1.5 var(--authsignal-font, system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif);
    overflow-wrap: break-word;
    pointer-events: inherit;
    -webkit-text-size-adjust: 100%;
    text-size-adjust: 100%;
    visibility: inherit;
  }

  &:where([data-authsignal=challenge][data-theme=light]) { color-scheme: light }
  &:where([data-authsignal=challenge][data-theme=dark]) { color-scheme: dark }

  &:where([data-authsignal=challenge] :focus-visible) {
    outline: 2px solid var(--as-accent-text);
    outline-offset: 2px;
  }

  /* Who requests it, and what for */

  &:where([data-authsignal=brand]) {
    display: flex;
    min-height: 28px;
    margin: 0 0 var(--as-6);
    align-items: center;
    font-size: .9375em;
    font-weight: 600;
    line-height: 1.35;
  }

  &:where([data-authsignal=brand-logo]) {
    display: block;
    max-width: 60%;
    height: 28px;
    object-fit: contain;
    object-position: left center;
  }

  &:where([dir=rtl] [data-authsignal=brand-logo]) { object-position: right center }

  &:where([data-authsignal=action]) {
    margin: 0 0 var(--as-6);
    padding: var(--as-3);
    background: var(--as-sunken);
    border: 1px solid var(--as-border);
    border-radius: var(--as-radius);
    font-size: .9375em;
    font-weight: 500;
    line-height: 1.4;
  }

  /* Heading */

  &:where([data-authsignal=badge]) {
    display: grid;
    width: 40px;
    height: 40px;
    place-items: center;
    background: var(--as-accent-soft);
    border-radius: calc(var(--as-radius) * 1.25);
    color: var(--as-accent-text);
  }

  &:where([data-authsignal=badge][data-tone=success]) { background: var(--as-success-soft); color: var(--as-success) }
  &:where([data-authsignal=badge][data-tone=danger]) { background: var(--as-danger-soft); color: var(--as-danger) }
  &:where([data-authsignal=badge][data-tone=neutral]) { background: var(--as-sunken); color: var(--as-muted) }

  &:where([data-authsignal=title]) {
    margin: var(--as-4) 0 0;
    font-size: 1.375em;
    font-weight: 600;
    letter-spacing: -.01em;
    line-height: 1.28;
    text-wrap: balance;
  }

  /* They get the focus only so that screen readers start at the top of a new screen. */
  &:where([data-authsignal=title]:focus, [data-authsignal=loading]:focus) { outline: none }

  &:where([data-authsignal=lead]) {
    margin: var(--as-1) 0 var(--as-6);
    color: var(--as-muted);
    font-size: .9375em;
    line-height: 1.45;
  }

  &:where([data-authsignal=destination]) { font-weight: inherit; overflow-wrap: anywhere }

  &:where([data-authsignal=lead] [data-authsignal=destination]) { color: var(--as-text); font-weight: 500 }

  &:where([data-authsignal=icon], [data-authsignal=chevron]) {
    display: block;
    width: 20px;
    height: 20px;
    flex: none;
    fill: none;
    stroke: currentcolor;
    stroke-linecap: round;
    stroke-linejoin: round;
    stroke-width: 1.75;
  }

  /* Fields */

  &:where([data-authsignal=field]) { display: block; margin: 0 0 var(--as-4) }

  &:where([data-authsignal=label]) {
    display: block;
    margin: 0 0 calc(var(--as-1) * 1.5);
    font-size: .875em;
    font-weight: 500;
    line-height: 1.43;
  }

  &:where([data-authsignal=input], [data-authsignal=code]) {
    display: block;
    width: 100%;
    min-width: 0;
    /* Grows with the text where the user has chosen a larger one. */
    height: max(var(--as-control), 1.75em);
    margin: 0;
    padding: 0 var(--as-3);
    appearance: none;
    background: var(--as-surface);
    border: 1px solid var(--as-border-strong);
    border-radius: var(--as-radius);
    caret-color: var(--as-accent-text);
    color: var(--as-text);
    font: inherit;
  }

  &:where([data-authsignal=code]) {
    height: max(var(--as-control) + 12px, 1.75em);
    font-size: 1.5em;
    font-variant-numeric: tabular-nums;
    font-weight: 500;
    letter-spacing: .3em;
    text-align: center;
    /* The spacing after the last digit is empty: without this the digits would not be centred. */
    text-indent: .3em;
  }

  &:where([data-authsignal=input], [data-authsignal=code]):where(:hover) { border-color: var(--as-text) }

  &:where([data-authsignal=input], [data-authsignal=code]):where(:focus-visible) {
    border-color: var(--as-accent-text);
    outline-offset: -1px;
  }

  &:where([data-authsignal=input], [data-authsignal=code]):where([aria-invalid=true]) {
    border-color: var(--as-danger);
    outline-color: var(--as-danger);
  }

  &:where([data-authsignal=input], [data-authsignal=code]):where(:read-only) { background: var(--as-sunken) }

  &:where([data-authsignal=hint], [data-authsignal=field-error]) {
    margin: calc(var(--as-1) * 1.5) 0 0;
    color: var(--as-muted);
    font-size: .875em;
    line-height: 1.43;
  }

  &:where([data-authsignal=field-error]) {
    display: flex;
    gap: calc(var(--as-1) * 1.5);
    color: var(--as-danger);
  }

  &:where([data-authsignal=field-error] [data-authsignal=icon]) { width: 16px; height: 16px; margin-top: 2px }

  /* Messages */

  &:where([data-authsignal=problem]) {
    display: grid;
    margin: 0 0 var(--as-4);
    padding: var(--as-3);
    grid-template-columns: auto minmax(0, 1fr);
    gap: var(--as-1) var(--as-2);
    background: var(--as-danger-soft);
    border: 1px solid transparent;
    border-radius: var(--as-radius);
    color: var(--as-danger);
    font-size: .875em;
    line-height: 1.43;
  }

  /* Nothing is broken. */
  &:where([data-authsignal=problem][data-tone=neutral]) {
    background: var(--as-sunken);
    border-color: var(--as-border);
    color: var(--as-text);
  }

  &:where([data-authsignal=problem][data-tone=neutral] [data-authsignal=icon]) { color: var(--as-muted) }
  &:where([data-authsignal=problem-text]) { margin: 0 }

  &:where([data-authsignal=status]) {
    margin: 0;
    color: var(--as-success);
    font-size: .875em;
    font-weight: 500;
    line-height: 1.43;
  }

  &:where(p[data-authsignal=status]:not(:empty)) { margin-bottom: var(--as-4) }

  &:where([data-authsignal=loading]) {
    display: grid;
    min-height: 200px;
    color: var(--as-muted);
    place-items: center;
  }

  &:where([data-authsignal=waiting]) {
    display: flex;
    margin: 0;
    padding: var(--as-3);
    align-items: center;
    gap: var(--as-3);
    background: var(--as-sunken);
    border-radius: var(--as-radius);
    font-size: .875em;
    line-height: 1.43;
  }

  &:where([data-authsignal=spinner]) {
    display: block;
    width: 18px;
    height: 18px;
    flex: none;
    border: 2px solid currentcolor;
    border-inline-end-color: transparent;
    border-radius: 50%;
    /* Less than five seconds, where there is something else to read or do. */
    animation: authsignal-turn .8s linear 6;
  }

  &:where([data-authsignal=waiting] [data-authsignal=spinner]) { color: var(--as-accent-text) }
  &:where([data-authsignal=loading] [data-authsignal=spinner]) {
    width: 28px;
    height: 28px;
    animation-iteration-count: infinite;
  }

  /* Buttons */

  &:where([data-authsignal=submit], [data-authsignal=secondary], [data-authsignal=quiet]) {
    display: inline-flex;
    min-height: var(--as-control);
    margin: 0;
    padding: var(--as-1) var(--as-4);
    align-items: center;
    justify-content: center;
    gap: var(--as-2);
    appearance: none;
    background: var(--as-surface);
    border: 1px solid transparent;
    border-radius: var(--as-radius);
    color: var(--as-text);
    cursor: pointer;
    font-family: inherit;
    font-size: .9375em;
    font-weight: 500;
    line-height: 1.35;
    text-align: center;
    touch-action: manipulation;
  }

  &:where([data-authsignal=submit], [data-authsignal=secondary]) { width: 100% }

  &:where([data-authsignal=submit]) {
    background: var(--as-accent);
    border-color: var(--as-accent-border);
    color: var(--as-on-accent);
  }

  &:where([data-authsignal=submit]:hover) { background: var(--as-accent-hover) }

  &:where([data-authsignal=submit][data-tone=danger]) {
    background: var(--as-danger);
    border-color: var(--as-danger);
    color: var(--as-on-danger);
  }

  &:where([data-authsignal=submit][data-tone=danger]:hover) { background: var(--as-danger-hover) }

  &:where([data-authsignal=secondary]) { border-color: var(--as-border-strong) }
  &:where([data-authsignal=secondary], [data-authsignal=quiet]):where(:hover) { background: var(--as-sunken) }

  &:where([data-authsignal=quiet]) { background: none; color: var(--as-muted) }
  &:where([data-authsignal=quiet]:hover) { color: var(--as-text) }

  &:where([data-authsignal=submit], [data-authsignal=secondary], [data-authsignal=quiet]):where([aria-disabled=true]) {
    cursor: default;
  }

  /* Not while it is busy: its text says so then. */
  &:where([data-authsignal=submit][aria-disabled=true]:not([data-busy=true])) {
    background: var(--as-sunken);
    border-color: var(--as-border);
    color: var(--as-muted);
  }

  &:where([data-authsignal=submit][data-busy=true]) { background: var(--as-accent) }
  &:where([data-authsignal=submit][data-busy=true][data-tone=danger]) { background: var(--as-danger) }

  /* Looks like a link in the text. Its touch target is as high as that of a button. */
  &:where([data-authsignal=link]) {
    position: relative;
    display: inline;
    margin: 0;
    padding: 0;
    appearance: none;
    background: none;
    border: 0;
    border-radius: 4px;
    color: var(--as-accent-text);
    cursor: pointer;
    font: inherit;
    font-weight: 500;
    text-align: start;
    /* Next to other text, the colour alone does not say that it is a link. */
    text-decoration: underline;
    text-underline-offset: 3px;
  }

  &:where([data-authsignal=link])::after {
    position: absolute;
    inset: -11px -4px;
    content: "";
  }

  &:where([data-authsignal=link][data-tone=danger]) { color: var(--as-danger) }

  &:where([data-authsignal=link][aria-disabled=true]) {
    color: var(--as-muted);
    cursor: default;
    font-variant-numeric: tabular-nums;
    text-decoration: none;
  }

  &:where([data-authsignal=problem] [data-authsignal=link]) {
    grid-column: 2;
    color: inherit;
    justify-self: start;
  }

  &:where([data-authsignal=submit] + [data-authsignal=secondary], [data-authsignal=secondary] + [data-authsignal=submit]) {
    margin-top: var(--as-2);
  }

  &:where([data-authsignal=resend]) {
    display: flex;
    margin: var(--as-4) 0 0;
    flex-wrap: wrap;
    gap: 0 calc(var(--as-1) * 1.5);
    color: var(--as-muted);
    font-size: .875em;
    line-height: 1.7;
  }

  &:where([data-authsignal=resend] > *) { font-size: 1em; line-height: inherit }

  /* Aligns the text of the buttons with the column, not their invisible edges. */
  &:where([data-authsignal=exits]) {
    display: flex;
    margin: var(--as-3) calc(-1px - var(--as-4)) calc(var(--as-3) * -1);
    flex-wrap: wrap;
    justify-content: space-between;
  }

  @media (prefers-reduced-motion: no-preference) {
    &:where([data-authsignal=submit], [data-authsignal=secondary], [data-authsignal=quiet], [data-authsignal=method], [data-authsignal=link]) {
      transition: background-color .12s, border-color .12s, color .12s;
    }
  }

  @media (prefers-reduced-motion: reduce) {
    &:where([data-authsignal=spinner]) { animation: authsignal-turn 4s linear }
  }

  @media (forced-colors: active) {
    &:where([data-authsignal=badge]) { border: 1px solid }
    &:where([data-authsignal=exits]) { margin-inline: 0 }
    &:where([data-authsignal=icon]:nth-child(n), [data-authsignal=chevron]) { color: inherit }
    &:where([aria-disabled=true]) { border-color: GrayText; color: GrayText }
  }
}`
