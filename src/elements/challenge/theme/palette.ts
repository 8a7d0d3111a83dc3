/**
 * Makes all colours of a theme from a few: light or dark, with the contrast that WCAG requires at level AA.
 *
 * It is a script because the oldest browsers that are supported have neither relative colours nor `light-dark()`, and
 * no browser can choose a colour by its contrast.
 *
 * @see https://www.w3.org/TR/WCAG22/#contrast-minimum
 * @see https://www.w3.org/TR/WCAG22/#non-text-contrast
 *
 * @module
 */

import { BLACK, type Color, contrast, luminance, mix, WHITE } from './color.js'

/** The colours that a page can set. */
export interface ThemeColors {
  readonly accent?: Color | undefined
  readonly surface?: Color | undefined
  readonly text?: Color | undefined
  readonly muted?: Color | undefined
  readonly border?: Color | undefined
  readonly danger?: Color | undefined
  readonly success?: Color | undefined
}

/** All colours of a theme. */
export interface Palette {
  readonly surface: Color
  /** Behind notes, and under the pointer. */
  readonly sunken: Color
  readonly text: Color
  readonly muted: Color
  /** Of lists and cards, which are told apart without it too. */
  readonly border: Color
  /** Of fields, which are not. */
  readonly 'border-strong': Color
  /** The background of the main button, its border, what is on it, and the background under the pointer. */
  readonly accent: Color
  readonly 'accent-border': Color
  readonly 'on-accent': Color
  readonly 'accent-hover': Color
  /** The accent as text, as icon and as focus ring, and the background behind it. */
  readonly 'accent-text': Color
  readonly 'accent-soft': Color
  readonly danger: Color
  readonly 'danger-hover': Color
  readonly 'danger-soft': Color
  readonly 'on-danger': Color
  readonly success: Color
  readonly 'success-soft': Color
}

/** What text needs, with room for rounding to whole numbers. */
const TEXT = 4.55
/** What icons, focus rings and the borders of fields need. */
const SHAPE = 3.05

const LIGHT = { surface: WHITE, text: [0.086, 0.102, 0.133], danger: [0.702, 0.149, 0.118] } as const
const DARK = { surface: [0.094, 0.11, 0.141], text: [0.933, 0.941, 0.957], danger: [1, 0.56, 0.53] } as const
const ACCENT: Color = [0.231, 0.31, 0.847]
const SUCCESS: Color = [0.071, 0.447, 0.29]

/** @param isDark Which colours are used where the page has set none. */
export function createPalette(colors: ThemeColors, isDark: boolean): Palette {
  const surface = colors.surface ?? (isDark ? DARK : LIGHT).surface
  const strongest = opposite(surface)
  // A surface that the page has set can be dark in a light theme.
  const defaults = strongest === WHITE ? DARK : LIGHT

  /** The surface with a touch of a colour, as long as text can be read on it. */
  const tint = (color: Color, amount: number) => {
    const tinted = mix(surface, color, amount)
    return contrast(strongest, tinted) < TEXT ? surface : tinted
  }

  const text = readable(colors.text ?? defaults.text, [surface], TEXT)
  const sunken = tint(text, 0.05)
  const grounds = [surface, sunken]

  const own = colors.accent ?? ACCENT
  // A dark accent on a dark surface would be a hole. On a light one, the accent stays as it is.
  const accent = strongest === WHITE ? readable(own, [surface], SHAPE) : own
  const accentSoft = tint(own, 0.1)
  const danger = readable(colors.danger ?? defaults.danger, [surface], TEXT)
  const dangerSoft = tint(danger, 0.1)
  const success = readable(colors.success ?? SUCCESS, [surface], TEXT)
  const successSoft = tint(success, 0.1)
  const safeDanger = readable(danger, [...grounds, dangerSoft], TEXT)

  return {
    surface,
    sunken,
    text: readable(text, [...grounds, accentSoft, dangerSoft], TEXT),
    muted: readable(colors.muted ?? mix(text, surface, 0.35), grounds, TEXT),
    border: colors.border ?? mix(surface, text, 0.14),
    'border-strong': readable(colors.border ?? mix(surface, text, 0.4), grounds, SHAPE),
    accent,
    'accent-border': readable(accent, [surface], SHAPE),
    'on-accent': on(accent),
    'accent-hover': hover(accent),
    'accent-text': readable(own, [...grounds, accentSoft], TEXT),
    'accent-soft': accentSoft,
    danger: safeDanger,
    'danger-hover': hover(safeDanger),
    'danger-soft': dangerSoft,
    'on-danger': on(safeDanger),
    success: readable(success, [...grounds, successSoft], TEXT),
    'success-soft': successSoft,
  }
}

/** Black or white, whichever stands out from a colour. */
const opposite = (color: Color) => (luminance(color) > 0.179 ? BLACK : WHITE)

/** What is written on a button. White as long as it can be read: black on a strong colour looks harsh. */
const on = (color: Color) => (contrast(WHITE, color) >= TEXT ? WHITE : opposite(color))

/** Away from what is written on it, so that the contrast grows. */
const hover = (color: Color) => mix(color, on(color) === WHITE ? BLACK : WHITE, 0.15)

/** The nearest colour, towards black or white, that stands out from all backgrounds. */
function readable(color: Color, backgrounds: readonly Color[], ratio: number): Color {
  const target = opposite(backgrounds[0]!)
  for (let amount = 0; amount < 1; amount += 0.02) {
    const candidate = mix(color, target, amount)
    if (backgrounds.every(background => contrast(candidate, background) >= ratio)) return candidate
  }
  return target
}
