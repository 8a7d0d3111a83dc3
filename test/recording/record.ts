/**
 * Records a step-up by WhatsApp in the demo, as an animated picture for the README.
 *
 * Each frame is what the page shows after one thing that the user does, so the picture is short and small.
 *
 * @module
 */
import { writeFileSync } from 'node:fs'
import gifenc from 'gifenc'
import { chromium, type Page } from 'playwright-core'
import { PNG } from 'pngjs'
import { startDemo } from '../browser/demo.js'
import { findChromium, findShell } from '../support/chromium.js'

const FILE = 'demo/recording.gif'
const SIZE = { width: 1180, height: 900 }
/** How long the steps are shown, in milliseconds. */
const READ = 1600
const TYPE = 160
const END = 3000

interface Frame {
  readonly picture: Buffer
  readonly delay: number
}

export async function record(): Promise<void> {
  const demo = await startDemo()
  const browser = await chromium.launch({ executablePath: (findShell() ?? findChromium())! })
  try {
    const page = await browser.newPage({ viewport: SIZE, deviceScaleFactor: 0.75, reducedMotion: 'reduce' })
    await page.goto(demo.url)
    await page.getByText('Enrolled for WhatsApp').waitFor()
    const frames = await stepUp(page)
    const bytes = encode(frames)
    writeFileSync(FILE, bytes)
    console.log(`${FILE}: ${frames.length} frames, ${Math.round(bytes.length / 1000)} kB`)
  } finally {
    await browser.close()
    await demo.stop()
  }
}

async function stepUp(page: Page): Promise<Frame[]> {
  const frames: Frame[] = []
  const show = async (delay: number) => frames.push({ picture: await page.screenshot(), delay })

  await show(READ)
  await page.getByRole('button', { name: 'Send the payment' }).click()
  const input = page.locator('input[autocomplete="one-time-code"]')
  await input.waitFor()
  await show(READ)
  const code = await sentCode(page)
  for (const digit of code) {
    await show(TYPE)
    await input.press(digit)
  }
  await show(READ / 2)
  await page.getByRole('button', { name: 'Verify' }).click()
  await page.getByText('Confirmed: the action may go ahead').waitFor()
  await show(END)
  return frames
}

/** The code that the phone beside the page shows. */
async function sentCode(page: Page): Promise<string> {
  const response = await page.request.get(new URL('/emulator/messages?wait=5000', page.url()).href)
  const { messages } = await response.json()
  return messages[0].code
}

/** Each frame has the colours that it needs. */
function encode(frames: readonly Frame[]): Uint8Array {
  const { GIFEncoder, quantize, applyPalette } = gifenc
  const encoder = GIFEncoder()
  for (const { picture, delay } of frames) {
    const { data, width, height } = PNG.sync.read(picture)
    const palette = quantize(data, 128)
    encoder.writeFrame(applyPalette(data, palette), width, height, { palette, delay })
  }
  encoder.finish()
  return encoder.bytes()
}
