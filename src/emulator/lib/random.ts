/**
 * All randomness of an emulator: codes, identifiers, secrets and keys.
 *
 * It comes from the cryptographic generator of the platform. With a seed it is a sequence that anyone can repeat, for
 * tests that compare whole responses.
 */

import * as v from 'valibot'
import { encodeBase64Url } from './base64.js'
import { maybe, type Schemas, type Stateful } from './state.js'

export interface Random extends Stateful<RandomState> {
  /** A code of six digits, leading zeros included, each equally likely. */
  code(): string
  /** An identifier (UUID, version 4). */
  id(): string
  bytes(size: number): Uint8Array<ArrayBuffer>
  /** `size` bytes as lower-case hexadecimal. */
  hex(size: number): string
  /** `size` bytes as base64url. */
  base64Url(size: number): string
  /** Letters and digits that people can read. */
  text(length: number): string
  /** Ten recovery codes of the form `xxxx-xxxx`. */
  recoveryCodes(): string[]
  /** Starts the sequence of a seed again. */
  reset(): void
}

interface RandomState {
  /** How far the sequence of the seed has gone; none without a seed. */
  readonly random?: Sequence | undefined
}

type Sequence = [number, number, number, number]

const CODE_DIGITS = 6
const CODE_COUNT = 10 ** CODE_DIGITS
const UNBIASED_BELOW = Math.floor(2 ** 32 / CODE_COUNT) * CODE_COUNT

/** Letters and digits that do not look alike. There are 32, so each is equally likely. */
const CHARACTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789'

const Word = v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(2 ** 32 - 1))

const schema: Schemas<RandomState> = { random: maybe(v.tuple([Word, Word, Word, Word])) }

export function createRandom(seed?: number): Random {
  let sequence = seed === undefined ? undefined : sequenceOf(seed)
  const draw = platformBytes()

  function bytes(size: number) {
    if (sequence === undefined) return draw(size)
    const filled = new Uint8Array(size)
    for (const index of filled.keys()) filled[index] = next(sequence) >>> 24
    return filled
  }

  function code() {
    let random: number
    // Numbers above the last full million are skipped: they would make low codes more likely.
    do random = new DataView(bytes(4).buffer).getUint32(0)
    while (random >= UNBIASED_BELOW)
    return String(random % CODE_COUNT).padStart(CODE_DIGITS, '0')
  }

  const hex = (size: number) => hexOf(bytes(size))

  return {
    code,
    id() {
      const random = bytes(16)
      random[6] = (random[6]! & 0x0f) | 0x40
      random[8] = (random[8]! & 0x3f) | 0x80
      let text = ''
      for (let index = 0; index < 16; index++) text += (DASH_BEFORE[index] ?? '') + HEX[random[index]!]
      return text
    },
    bytes,
    hex,
    base64Url: size => encodeBase64Url(bytes(size)),
    text: length => Array.from(bytes(length), byte => CHARACTERS[byte % CHARACTERS.length]).join(''),
    recoveryCodes: () => Array.from({ length: 10 }, () => `${hex(2)}-${hex(2)}`),
    reset() {
      if (seed !== undefined) sequence = sequenceOf(seed)
    },
    schema,
    save: () => ({ random: sequence }),
    load({ random }) {
      // The sequence goes on in an emulator with a seed only: others stay unpredictable.
      if (sequence !== undefined && random !== undefined) sequence = random
    },
  }
}

/** The most bytes that are drawn at once: a call of the platform's generator takes longer than making an identifier. */
const DRAWN_BYTES = 1024

function platformBytes() {
  let drawn = new Uint8Array()
  let used = 0

  return (size: number): Uint8Array<ArrayBuffer> => {
    if (size > DRAWN_BYTES) return crypto.getRandomValues(new Uint8Array(size))
    if (used + size > drawn.length) {
      drawn = crypto.getRandomValues(new Uint8Array(DRAWN_BYTES))
      used = 0
    }
    const taken = drawn.slice(used, used + size)
    // What was used is not kept.
    drawn.fill(0, used, used + size)
    used += size
    return taken
  }
}

/** Where the groups of an identifier begin, by the index of their first byte. */
const DASH_BEFORE: Readonly<Record<number, string>> = { 4: '-', 6: '-', 8: '-', 10: '-' }

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

function hexOf(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += HEX[byte]
  return text
}

/** The first state of the generator, from both halves of the seed. */
function sequenceOf(seed: number): Sequence {
  const sequence: Sequence = [seed >>> 0, Math.floor(seed / 2 ** 32) >>> 0, 0, 1]
  // Neighbouring seeds begin alike. After these rounds they have nothing in common.
  for (let round = 0; round < 16; round++) next(sequence)
  return sequence
}

/**
 * The next number of the generator sfc32, from 0 to 2^32 - 1. It passes the usual statistical tests, and is not
 * cryptographic.
 *
 * @see https://pracrand.sourceforge.net/RNG_engines.txt
 */
function next(sequence: Sequence): number {
  const [a, b, c, counter] = sequence
  const number = (a + b + counter) >>> 0
  sequence[0] = (b ^ (b >>> 9)) >>> 0
  sequence[1] = (c + (c << 3)) >>> 0
  sequence[2] = (((c << 21) | (c >>> 11)) + number) >>> 0
  sequence[3] = (counter + 1) >>> 0
  return number
}
