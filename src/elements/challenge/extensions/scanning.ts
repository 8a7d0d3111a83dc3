/**
 * A QR code that the user scans.
 *
 * @module
 */

import { ScanCode } from '../screens/scan-code.js'
import { QR_STYLE } from '../theme/qr-style.js'
import { SCANNING } from '../wording/english/scanning.js'

export { scanCode } from '../flows/scan.js'

export const views = { scan: ScanCode }
export const english = [SCANNING]
export const styles = [QR_STYLE]
