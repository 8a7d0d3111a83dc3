/**
 * What the markup of the screens compiles to: descriptions of elements, which `draw.ts` draws.
 *
 * A small renderer instead of a framework: with one, a single method would weigh half as much again. A component is a
 * function from its properties to markup. It has no state of its own; that is in the steps.
 *
 * @module
 */
import type { JSX as Html } from 'preact'

/** An element to draw. */
export interface Markup {
  readonly tag: string
  readonly props: Readonly<Record<string, unknown>>
}

/** What can be between the tags. */
export type Children = Markup | string | number | boolean | null | undefined | readonly Children[]

type Component<Props> = (props: Props) => Children

/** Describes an element, or calls the component. */
export function jsx<Props>(type: string | Component<Props>, props: Props): Children {
  return typeof type === 'string' ? { tag: type, props: props as Markup['props'] } : type(props)
}

export const jsxs: typeof jsx = jsx

/** Several elements without one around them. */
export const Fragment = ({ children }: { readonly children?: Children }): Children => children

/** Properties of every element that are not attributes. */
interface Drawing {
  children?: Children
  /** The element gets the focus, and its text is selected, each time this becomes another value. */
  focusOn?: unknown
  key?: never
}

export namespace JSX {
  export type Element = Children
  export interface ElementChildrenAttribute {
    children: unknown
  }
  export type IntrinsicElements = {
    [Tag in keyof Html.IntrinsicElements]: Omit<Html.IntrinsicElements[Tag], keyof Drawing | 'ref'> & Drawing
  }
}
