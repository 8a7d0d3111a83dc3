/** What the tests know of their user jane. */

export const PHONE = '+64211000001'
export const EMAIL = 'jane.doe@example.com'

/** A code that is not the one that was sent. */
export const wrongCode = (code: string): string => (code === '123456' ? '654321' : '123456')
