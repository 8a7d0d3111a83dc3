/**
 * The prompt for a passkey or security key.
 *
 * @module
 */

import { UseCeremony } from '../screens/use-ceremony.js'
import { CEREMONIES } from '../wording/english/ceremonies.js'

export { runCeremony } from '../flows/ceremony.js'
export { isPasskeyHere } from '../methods/ceremonies.js'

export const views = { ceremony: UseCeremony }
export const english = [CEREMONIES]
export const styles: readonly string[] = []
