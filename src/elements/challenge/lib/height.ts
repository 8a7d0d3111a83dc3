/**
 * Lets an element grow and shrink to its new height.
 *
 * @module
 */

/** In milliseconds. */
const DURATION = 180

/** Call it before a change of the content, and what it returns after the change. */
export function heightChange(element: HTMLElement): () => void {
  const before = element.offsetHeight
  return () => {
    const after = element.offsetHeight
    if (before === after || matchMedia('(prefers-reduced-motion: reduce)').matches) return
    const frames = [before, after].map(height => ({
      height: `${height}px`,
      overflow: 'clip',
      boxSizing: 'border-box',
    }))
    element.animate(frames, { duration: DURATION, easing: 'ease-out' })
  }
}
