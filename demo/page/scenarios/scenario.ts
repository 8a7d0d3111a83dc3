/**
 * What a scenario consists of.
 *
 * @module
 */
import type { ComponentType } from 'preact'

export interface Scenario {
  /** The fragment of its address, as in `/#sign-in`. */
  readonly id: string
  readonly title: string
  /** What it shows, in one or two sentences. */
  readonly summary: string
  readonly Panel: ComponentType
}
