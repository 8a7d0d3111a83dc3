/**
 * The style of the field, as a constructable sheet: no policy of the page can refuse it.
 *
 * Its rules are in a cascade layer, so the rules of the page win. Only the geometry of the cells is `!important`,
 * which makes a layer win: the digits would not be in their cells under a CSS reset such as `* { padding: 0 }`.
 *
 * @module
 */

import { adoptSheet } from './adopt-sheet.js'

/** Gives the document or shadow root of an element the style, once. */
export function adoptStyle(element: Element): void {
  adoptSheet(element, styleOf(element.localName))
}

/**
 * The cells are a background of the one input: a line of 1.2 em below each digit, and .4 em between two lines. The
 * font is monospaced, so the letter spacing puts each digit in the middle of its line. The input is 2 px wider than
 * its text: with the caret at the end it would otherwise scroll, and the digits leave their lines.
 *
 * Forced colours take the background away, so there the input has a border.
 */
const styleOf = (tag: string) => `@layer authsignal {
  ${tag}:not([hidden]) { display: block }
  ${tag} input { font-size: max(16px, 1em) }
  ${tag}[cells]:not([cells=false]) input {
    --space: calc(1.6em - 1ch);
    --width: calc(var(--authsignal-code-length, 6) * 1.6em);
    font-size: max(16px, min(1.5em, 6vw));
    font-family: ui-monospace, monospace !important;
    letter-spacing: var(--space) !important;
    text-align: left !important;
    text-indent: 0 !important;
    box-sizing: content-box !important;
    width: calc(var(--width) + 2px) !important;
    padding: .4em 0 .4em var(--space) !important;
    background-image: repeating-linear-gradient(90deg, #0000 0 .2em, var(--authsignal-code-line, currentcolor) 0 1.4em, #0000 0 1.6em) !important;
    background-position: calc(var(--space) / 2) calc(100% - .3em) !important;
    background-size: var(--width) 2px !important;
    background-repeat: no-repeat !important;
  }
  @media (forced-colors: active) {
    ${tag}[cells] input { border: 1px solid !important }
  }
}`
