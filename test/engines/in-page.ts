/**
 * What runs in the page, and how it gets there: as text, the same for every engine.
 *
 * @module
 */
import type { Json } from './engine.js'

declare global {
  interface Window {
    /** Kept by `pages/collect-errors.js`. */
    collectedErrors?: string[]
  }
}

/** An expression that promises what `run` gives, as JSON. */
export function toExpression(run: ((...args: never) => unknown) | string, args: readonly Json[]): string {
  const value = typeof run === 'string' ? run : `(${run})(...${JSON.stringify(args)})`
  return `(async () => JSON.stringify({ value: await (${value}) }))()`
}

/** What the page gave, out of the JSON of `toExpression`. */
export const fromJson = (json: unknown) => JSON.parse(json as string).value

/** Looks for an element in the document, then in the open shadow roots. */
export function findElement(selector: string): Element | null {
  const search = (root: Document | ShadowRoot): Element | null => {
    const found = root.querySelector(selector)
    if (found) return found
    for (const { shadowRoot } of root.querySelectorAll('*')) {
      const inside = shadowRoot && search(shadowRoot)
      if (inside) return inside
    }
    return null
  }
  return search(document)
}

/** The frames of the document and of its open shadow roots. */
export function findFrames(): Element[] {
  const search = (root: Document | ShadowRoot): Element[] => [
    ...root.querySelectorAll('iframe'),
    ...[...root.querySelectorAll('*')].flatMap(({ shadowRoot }) => (shadowRoot ? search(shadowRoot) : [])),
  ]
  return search(document)
}

/** The errors that the document has collected, each once. */
export function takeErrors(): string[] {
  return window.collectedErrors?.splice(0) ?? []
}
