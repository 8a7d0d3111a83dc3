/**
 * Colours as numbers, and how well two of them can be told apart.
 *
 * @module
 */

/** Red, green and blue in sRGB, each from 0 to 1. */
export type Color = readonly [red: number, green: number, blue: number]

export const WHITE: Color = [1, 1, 1]
export const BLACK: Color = [0, 0, 0]

/**
 * Reads a colour as browsers compute it: `rgb(…)`, or `color(srgb …)` for `color-mix(in srgb, …)`.
 *
 * @returns `undefined` for a transparent colour, and for what is not a colour.
 */
export function readColor(computed: string): Color | undefined {
  const [red, green, blue, alpha = 1] = (computed.match(/-?[\d.]+(e-?\d+)?/g) ?? []).map(Number)
  if (blue === undefined || alpha === 0) return undefined
  const scale = computed.startsWith('rgb') ? 255 : 1
  // Colours of wide-gamut screens can be outside of sRGB.
  const [r, g, b] = [red!, green!, blue].map(channel => Math.min(1, Math.max(0, channel / scale)))
  return [r!, g!, b!]
}

/** The colour for CSS, rounded to what screens show. */
export const writeColor = (color: Color): string =>
  `rgb(${color.map(channel => Math.round(channel * 255)).join(' ')})`

/** A colour between two: at 0 the first, at 1 the second. */
export const mix = (from: Color, to: Color, amount: number): Color => [
  from[0] + (to[0] - from[0]) * amount,
  from[1] + (to[1] - from[1]) * amount,
  from[2] + (to[2] - from[2]) * amount,
]

/** @see https://www.w3.org/TR/WCAG22/#dfn-relative-luminance */
export function luminance(color: Color): number {
  const [r, g, b] = color.map(channel =>
    channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4,
  )
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!
}

/**
 * From 1 for the same colour to 21 for black and white.
 *
 * @see https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio
 */
export function contrast(one: Color, other: Color): number {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a)
  return (light! + 0.05) / (dark! + 0.05)
}
