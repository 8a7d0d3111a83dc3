// @vitest-environment node
import { describe, expect, test } from 'vitest'
import {
  type Color,
  contrast,
  luminance,
  readColor,
  writeColor,
} from '../../../../src/elements/challenge/theme/color.js'
import {
  createPalette,
  type Palette,
  type ThemeColors,
} from '../../../../src/elements/challenge/theme/palette.js'

const hex = (text: string) =>
  [1, 3, 5].map(at => Number.parseInt(text.slice(at, at + 2), 16) / 255) as unknown as Color

/** The brands of sites, the corners of sRGB, neon, and a grid over all of it. */
const COLORS: readonly string[] = [
  ...['#ffffff', '#000000', '#ffff00', '#00ff00', '#00ffff', '#ff00ff', '#ff0000', '#0000ff'],
  ...[
    '#39ff14',
    '#fe019a',
    '#ccff00',
    '#777777',
    '#767676',
    '#3b4fd8',
    '#635bff',
    '#25d366',
    '#1877f2',
    '#ff9900',
  ],
  ...grid(['00', '40', '80', 'c0', 'ff']),
]

function grid(steps: readonly string[]): string[] {
  return steps.flatMap(r => steps.flatMap(g => steps.map(b => `#${r}${g}${b}`)))
}

/** What is drawn on what. */
const TEXTS = [
  ['text', 'surface'],
  ['text', 'sunken'],
  ['muted', 'surface'],
  ['muted', 'sunken'],
  ['on-accent', 'accent'],
  ['on-accent', 'accent-hover'],
  ['accent-text', 'surface'],
  ['accent-text', 'sunken'],
  ['accent-text', 'accent-soft'],
  ['danger', 'surface'],
  ['danger', 'sunken'],
  ['danger', 'danger-soft'],
  ['on-danger', 'danger'],
  ['on-danger', 'danger-hover'],
  ['success', 'surface'],
  ['success', 'success-soft'],
] as const satisfies readonly (readonly [keyof Palette, keyof Palette])[]

/** Borders without which a field or button cannot be seen. */
const SHAPES = [
  ['border-strong', 'surface'],
  ['accent-border', 'surface'],
] as const satisfies readonly (readonly [keyof Palette, keyof Palette])[]

/** The contrast of what is shown: colours are rounded when they are written. */
const shown = (palette: Palette, [one, other]: readonly [keyof Palette, keyof Palette]) =>
  contrast(readColor(writeColor(palette[one]))!, readColor(writeColor(palette[other]))!)

function failures(palette: Palette): string[] {
  const below = (pairs: typeof TEXTS | typeof SHAPES, ratio: number) =>
    pairs
      .filter(pair => shown(palette, pair) < ratio)
      .map(pair => `${pair.join(' on ')}: ${shown(palette, pair).toFixed(2)}`)
  return [...below(TEXTS, 4.5), ...below(SHAPES, 3)]
}

/** The failures for each of the colours, so that one run shows all. */
const failuresOf = (colors: (color: Color) => ThemeColors, isDark: boolean) =>
  COLORS.flatMap(color =>
    failures(createPalette(colors(hex(color)), isDark)).map(failure => `${color}: ${failure}`),
  )

describe.each([
  ['light', false],
  ['dark', true],
])('in a %s theme', (_, isDark) => {
  test('every accent has the contrast of WCAG AA, as text, as border and below text', () => {
    expect(failuresOf(accent => ({ accent }), isDark)).toEqual([])
  })

  test('so has everything on every surface', () => {
    expect(failuresOf(surface => ({ surface }), isDark)).toEqual([])
  })

  test('texts and borders of any colour are changed as far as they have to be', () => {
    const all = (color: Color) => ({
      text: color,
      muted: color,
      border: color,
      danger: color,
      success: color,
    })
    expect(failuresOf(all, isDark)).toEqual([])
  })
})

test('an accent that has enough contrast stays as it is', () => {
  const accent = hex('#3b4fd8')
  const palette = createPalette({ accent }, false)
  expect(palette.accent).toBe(accent)
  expect(palette['accent-border']).toEqual(accent)
  expect(palette['accent-text']).toEqual(accent)
})

test('a light accent stays on the button of a light theme, with dark text and a border', () => {
  const accent = hex('#ffff00')
  const palette = createPalette({ accent }, false)
  expect(palette.accent).toBe(accent)
  expect(palette['on-accent']).toEqual([0, 0, 0])
  expect(palette['accent-border']).not.toEqual(accent)
})

test('a dark surface in a light theme gets light text', () => {
  expect(luminance(createPalette({ surface: hex('#101010') }, false).text)).toBeGreaterThan(0.8)
})

test.each([
  ['rgb(255, 0, 51)', [1, 0, 0.2]],
  ['rgba(255, 0, 51, 0.5)', [1, 0, 0.2]],
  ['color(srgb 1 0 0.2)', [1, 0, 0.2]],
  ['color(srgb 1.2 -0.1 2e-1)', [1, 0, 0.2]],
])('%s is read', (text, color) => {
  expect(readColor(text)).toEqual(color)
})

test.each(['', 'transparent', 'rgba(0, 0, 0, 0)', 'color(srgb 0 0 0 / 0)'])('"%s" is no colour', text => {
  expect(readColor(text)).toBeUndefined()
})

test.each([
  ['#000000', '#ffffff', 21],
  ['#ffffff', '#767676', 4.54],
  ['#ffffff', '#777777', 4.48],
  ['#ff0000', '#0000ff', 2.15],
])('the contrast of %s and %s is %d, as others compute it', (one, other, expected) => {
  expect(contrast(hex(one), hex(other))).toBeCloseTo(expected, 2)
})
