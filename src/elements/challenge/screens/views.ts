/**
 * What draws each kind of screen.
 *
 * @module
 */
import type { Screen } from '../flows/screen.js'
import type { Children } from '../lib/jsx-runtime.js'
import type { Action } from './parts.js'

/** What every screen is given. */
export interface ViewProps<Shown extends Screen> {
  readonly screen: Shown
  /** The button that leaves the challenge. */
  readonly leave: Action | undefined
}

/** What draws each kind of screen, by its name. */
export type Views = {
  readonly [Name in Screen['name']]: (props: ViewProps<Extract<Screen, { name: Name }>>) => Children
}
