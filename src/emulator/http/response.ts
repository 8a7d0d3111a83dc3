/**
 * JSON responses.
 */

import { asApiError } from '../lib/errors.js'
import { noteResponseBody } from './recording.js'

/** A JSON response. The content type has no charset, because an SDK compares the whole header. */
export function json(
  body: object,
  init: { status?: number; headers?: Record<string, string> } = {},
): Response {
  const headers = { ...init.headers, 'Content-Type': 'application/json', 'Cache-Control': 'no-store' }
  const text = JSON.stringify(body)
  const response = new Response(text, { status: init.status ?? 200, headers })
  noteResponseBody(response, text)
  return response
}

/** The response for anything that was thrown. */
export function errorResponse(error: unknown): Response {
  const { status, code, description, headers } = asApiError(error)
  return json({ error: code, errorCode: code, errorDescription: description }, { status, headers })
}
