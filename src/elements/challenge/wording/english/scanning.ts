/**
 * The English texts of a QR code, which load with it.
 *
 * @module
 */

export const SCANNING = {
  'qrCode.title': 'Scan the QR code',
  'qrCode.lead': 'Open the app on your phone and scan this code with it.',
  'qrCode.picture': 'QR code for the app on your phone',
  'qrCode.waiting': 'Waiting for you to scan the code…',
  'qrCode.scanned': 'The code is scanned. Approve the request on your phone.',
  'qrCode.renewed': 'There is a new code. Scan this one.',
} as const
