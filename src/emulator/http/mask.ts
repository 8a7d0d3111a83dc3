/**
 * Contact data as it is shown to a browser. CHOOSE: contract 3.1.
 */

/** `+64211234000` becomes `+64*****000`; the stars do not tell the length. */
export const maskPhoneNumber = (phoneNumber: string) =>
  `${phoneNumber.slice(0, 3)}*****${phoneNumber.slice(-3)}`

/** `jane@example.com` becomes `j***@example.com`. */
export function maskEmail(email: string): string {
  const at = email.lastIndexOf('@')
  return `${email.slice(0, 1)}***${email.slice(at)}`
}
