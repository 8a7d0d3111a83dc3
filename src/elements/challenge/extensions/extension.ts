/**
 * What all extensions have in common.
 *
 * @module
 */

import type { Views } from '../screens/views.js'
import type { ChallengeMessages } from '../wording/catalogue.js'

/** What a part adds to the challenge. */
export interface Extension {
  readonly views: Partial<Views>
  /** Its texts, in English. */
  readonly english: readonly ChallengeMessages[]
  readonly styles: readonly string[]
}
