/**
 * An RSA key from a sequence of bytes: the same bytes give the same key. WebCrypto can only make random ones.
 */

import { encodeBase64Url } from './base64.js'

const PRIME_BITS = 1024n
const EXPONENT = 65_537n

/** Their multiples are skipped before the slow test. Computed with the first key: few emulators derive one. */
let smallPrimes: readonly bigint[] | undefined

/** Bases of the Miller-Rabin test. Hardly any number of this length passes with one and is not prime. */
const BASES = [2n, 3n, 5n, 7n]

/** A private key of 2048 bits as a JSON Web Key. For tests: the arithmetic is not protected against timing. */
export function rsaKey(bytes: (size: number) => Uint8Array) {
  const p = prime(bytes)
  const q = prime(bytes)
  const d = inverse(EXPONENT, (p - 1n) * (q - 1n))
  return {
    kty: 'RSA' as const,
    n: encode(p * q),
    e: encode(EXPONENT),
    d: encode(d),
    p: encode(p),
    q: encode(q),
    dp: encode(d % (p - 1n)),
    dq: encode(d % (q - 1n)),
    qi: encode(inverse(q, p)),
  }
}

/** The first prime from a random number on that a key can have. */
function prime(bytes: (size: number) => Uint8Array): bigint {
  // With the two highest bits set, a product of two has exactly twice as many bits.
  const highest = 3n << (PRIME_BITS - 2n)
  const start = decode(bytes(Number(PRIME_BITS) / 8)) | highest | 1n
  for (let candidate = start; ; candidate += 2n)
    if (isPrime(candidate) && (candidate - 1n) % EXPONENT !== 0n) return candidate
}

/** Miller-Rabin. */
function isPrime(candidate: bigint): boolean {
  smallPrimes ??= primesBelow(2000)
  if (smallPrimes.some(small => candidate % small === 0n)) return false
  let odd = candidate - 1n
  let halvings = 0
  for (; odd % 2n === 0n; halvings++) odd /= 2n
  return BASES.every(base => {
    let value = power(base, odd, candidate)
    if (value === 1n) return true
    for (let round = 0; round < halvings; round++) {
      if (value === candidate - 1n) return true
      value = (value * value) % candidate
    }
    return false
  })
}

function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n
  for (const bit of exponent.toString(2)) {
    result = (result * result) % modulus
    if (bit === '1') result = (result * base) % modulus
  }
  return result
}

/** The inverse of a number, by the extended algorithm of Euclid. */
function inverse(number: bigint, modulus: bigint): bigint {
  let [remainder, next] = [modulus, number % modulus]
  let [factor, nextFactor] = [0n, 1n]
  while (next !== 0n) {
    const quotient = remainder / next
    ;[remainder, next] = [next, remainder - quotient * next]
    ;[factor, nextFactor] = [nextFactor, factor - quotient * nextFactor]
  }
  return factor < 0n ? factor + modulus : factor
}

function primesBelow(limit: number): bigint[] {
  const primes: number[] = []
  for (let number = 3; number < limit; number += 2)
    if (primes.every(prime => number % prime !== 0)) primes.push(number)
  return primes.map(BigInt)
}

const decode = (bytes: Uint8Array) => bytes.reduce((number, byte) => (number << 8n) | BigInt(byte), 0n)

function encode(number: bigint): string {
  const hex = number.toString(16)
  const pairs = hex.padStart(hex.length + (hex.length % 2), '0').match(/../g) ?? []
  return encodeBase64Url(Uint8Array.from(pairs, pair => Number.parseInt(pair, 16)))
}
