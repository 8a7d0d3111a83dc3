/** Makes sure, before the first browser test, that there is a Chromium to run it in, and no picture of old. */
import { rmSync } from 'node:fs'
import { installChromium, SCREENSHOTS } from '../support/chromium.js'

export default function setup(): void {
  rmSync(SCREENSHOTS, { recursive: true, force: true })
  installChromium()
}
