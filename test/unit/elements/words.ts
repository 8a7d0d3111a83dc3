/** The texts of the challenge, for tests of the flows. */
import { ALL } from '../../../src/elements/challenge/all.js'
import { together } from '../../../src/elements/challenge/parts.js'
import type { Message } from '../../../src/elements/challenge/wording/catalogue.js'
import { COMMON } from '../../../src/elements/challenge/wording/english.js'
import { createWords } from '../../../src/elements/challenge/wording/words.js'

export const ENGLISH = [COMMON, ...together(Object.values(ALL)).methods.map(({ english }) => english)]

const words = createWords('en', ENGLISH)

/** What the user reads, in English. */
export const english = (message: Message | undefined) => message && words.of(message)
