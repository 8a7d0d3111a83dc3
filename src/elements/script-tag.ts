/**
 * The elements for a script tag, with what a page needs of the SDK to share a client with them.
 *
 * @module
 */
export { createClient, userMessage } from 'authsignal-channels'
export * from './index.js'
