/**
 * The errors of nOTP, with Descope's codes.
 *
 * Messages are fixed sentences: none contains a value of the request.
 */

import { ApiError } from '../lib/errors.js'

/** The description of each code. */
export const MEANINGS: Readonly<Record<string, string>> = {
  E011001: 'The request is malformed',
  E011002: 'An argument is missing',
  E011004: 'An argument is not valid',
  E062107: 'The user exists already',
  E062108: 'The user was not found',
  E064001: 'The token was ended',
  E066103: 'The login is not verified yet',
  E130429: 'The rate limit was exceeded',
}

export const malformed = (sentence: string, status = 400) => new ApiError(status, 'E011001', sentence)

export const missingArgument = (name: string) => new ApiError(400, 'E011002', `"${name}" is missing.`)

export const invalidArgument = (sentence: string) => new ApiError(400, 'E011004', sentence)

// Upstream does not document the codes for a wrong project ID or refresh token.
export const missingProject = () =>
  new ApiError(401, 'E011002', 'The Authorization header must be Bearer and the project ID.')

export const unknownProject = () =>
  new ApiError(401, 'E011004', 'The project ID is not that of the emulator.')

export const missingToken = () => new ApiError(401, 'E011002', 'The refresh token is missing.')

export const invalidToken = () =>
  new ApiError(401, 'E011004', 'The refresh token is not valid or has expired.')

export const endedToken = () => new ApiError(401, 'E064001', 'The session of this token was ended.')

export const userExists = () => new ApiError(400, 'E062107', 'There is such a user already.')

export const userNotFound = () => new ApiError(400, 'E062108', 'There is no such user.')

export const notVerified = () => new ApiError(401, 'E066103', 'The message has not arrived yet.')

// One error for all three cases, so that a caller cannot tell them apart.
export const unknownLogin = () => invalidArgument('The "pendingRef" is unknown, has expired or was used.')

export const tooManyStarts = (retryAfter: number) =>
  new ApiError(429, 'E130429', 'The rate limit was exceeded. Try again later.', {
    'Retry-After': String(retryAfter),
  })
