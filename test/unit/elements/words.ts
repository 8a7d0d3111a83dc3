/** The texts of the challenge, for tests of the flows. */
import { METHODS } from '../../../src/elements/challenge/methods/catalogue.js'
import type { Message } from '../../../src/elements/challenge/wording/catalogue.js'
import { COMMON } from '../../../src/elements/challenge/wording/english.js'
import { createWords } from '../../../src/elements/challenge/wording/words.js'

export const ENGLISH = [COMMON, ...METHODS.map(({ english }) => english)]

const words = createWords('en', ENGLISH)

/** What the user reads, in English. */
export const english = (message: Message | undefined) => message && words.of(message)
