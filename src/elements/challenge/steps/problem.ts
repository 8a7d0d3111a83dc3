/**
 * Something that went wrong on a screen, as the user is told of it.
 *
 * @module
 */

export interface Problem {
  readonly text: string
  /** What to do about it, where that is not plain from the screen. */
  readonly tryAgain?: () => void
  /** Nothing is broken: the user may have wanted it so. */
  readonly calm?: true
}
