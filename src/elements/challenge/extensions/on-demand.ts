/**
 * The parts of the challenge that only some users need. Each is loaded when a user needs it, with its screens, texts and
 * styles: the others load nothing of it.
 *
 * @module
 */

/** The prompt for a passkey or security key. */
export const ceremonies = () => import('./ceremonies.js')

/** The list of methods, for a user who has several. */
export const choosing = () => import('./choosing.js')

/** Adding a method. */
export const enrolment = () => import('./enrolment.js')

/** A QR code that the user scans. */
export const scanning = () => import('./scanning.js')

/** The settings, where the user manages their methods. */
export const settings = () => import('./settings.js')
