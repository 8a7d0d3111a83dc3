/**
 * The link that opens WhatsApp with the message written (nOTP contract 6).
 */

import { randomText } from '../lib/secrets.js'

/** Of the numbers that are kept free for fiction. */
const BUSINESS_NUMBER = '12025550100'

const CODE_LENGTH = 16

export const newLinkCode = () => randomText(CODE_LENGTH)

export function messageLink(sentence: string, code: string): string {
  return `https://wa.me/${BUSINESS_NUMBER}?text=${encodeURIComponent(`${sentence} My code: ${code}`)}`
}

/** The code in a message, whatever else the sender wrote. */
export const codeIn = (message: string) => /\b[A-Za-z0-9]{16}\b/.exec(message)?.[0]
