/**
 * Colours the challenge: reads the colours that the page has set, and sets all that follow from them.
 *
 * The result is a set of custom properties on the element around the screens, set one by one by a script: no policy of
 * the page refuses that.
 *
 * @module
 */

import { luminance, readColor, writeColor } from './color.js'
import { createPalette, type ThemeColors } from './palette.js'

/**
 * The longhand of the probe that each colour is read from. Its computed value is a colour, whatever the page wrote:
 * a name, another custom property, `oklch()`, `light-dark()`.
 */
const LONGHANDS = {
  accent: 'background-color',
  surface: 'border-top-color',
  text: 'border-right-color',
  muted: 'border-bottom-color',
  border: 'border-left-color',
  danger: 'column-rule-color',
  success: 'text-decoration-color',
} as const satisfies Record<keyof ThemeColors, string>

/** The style of the probe. A colour that the page has not set, or that is none, is transparent. */
export const PROBE_STYLE = `color: #0000; ${Object.entries(LONGHANDS)
  .map(([name, longhand]) => `${longhand}: color-mix(in srgb, var(--authsignal-${name}, #0000), #0000 0%)`)
  .join('; ')}`

/**
 * Applies the theme now, and whenever the page changes a colour.
 *
 * @param root Gets the custom properties.
 * @param probe An element in `root` with the style `PROBE_STYLE`, and a transition of its colours.
 * @returns A function that stops it.
 */
export function applyTheme(root: HTMLElement, probe: HTMLElement): () => void {
  function apply() {
    const computed = getComputedStyle(probe)
    const read = (longhand: string) => readColor(computed.getPropertyValue(longhand))
    const colors = Object.fromEntries(
      Object.entries(LONGHANDS).map(([name, longhand]) => [name, read(longhand)]),
    ) as ThemeColors
    // The colour of a page without style, in the colour scheme of this element.
    const canvas = read('outline-color')
    const palette = createPalette(colors, canvas !== undefined && luminance(canvas) < 0.179)
    for (const [name, color] of Object.entries(palette))
      root.style.setProperty(`--as-${name}`, writeColor(color))
  }

  const controller = new AbortController()
  const { signal } = controller
  // There is a transition whenever a colour changes, for whatever reason: a class, a rule, a media query. Until its end
  // the computed colours are between the old and the new ones.
  probe.addEventListener('transitionend', apply, { signal })
  // The colour scheme changes no colour that has a transition.
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', apply, { signal })
  const attributes = new MutationObserver(apply)
  for (const element of [document.documentElement, document.body])
    attributes.observe(element, { attributes: true })

  apply()
  return () => {
    controller.abort()
    attributes.disconnect()
  }
}
