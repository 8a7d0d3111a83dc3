/** The texts of the challenge, for tests of the flows. */
import type { Message } from '../../../src/elements/challenge/wording/catalogue.js'
import * as texts from '../../../src/elements/challenge/wording/english.js'
import { createWords } from '../../../src/elements/challenge/wording/words.js'

export const ENGLISH = Object.values(texts)

const words = createWords('en', ENGLISH)

/** What the user reads, in English. */
export const english = (message: Message | undefined) => message && words.of(message)
