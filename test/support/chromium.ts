/**
 * The Chromium that the browser tests run in: finding one, or installing one.
 *
 * Looked for in this order: `CHROME_PATH`, the usual commands, the usual places, Playwright's own
 * download. Where there is none it is downloaded by Playwright, or taken from Debian's packages.
 */
import { spawnSync } from 'node:child_process'
import { accessSync, constants, existsSync } from 'node:fs'
import { basename, delimiter, join } from 'node:path'
import { type Browser, chromium } from 'playwright-core'

/** The folder for pictures of pages whose test failed. */
export const SCREENSHOTS = new URL('../browser/screenshots/', import.meta.url)

const COMMANDS = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'chrome',
  'microsoft-edge',
]
const PLACES = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
]

export function findChromium(): string | undefined {
  const { CHROME_PATH, PATH = '' } = process.env
  if (CHROME_PATH) {
    if (!isExecutable(CHROME_PATH))
      throw new Error(`CHROME_PATH names no program that can be run: ${CHROME_PATH}`)
    return CHROME_PATH
  }
  const commands = COMMANDS.flatMap(command => PATH.split(delimiter).map(folder => join(folder, command)))
  return [...commands, ...PLACES, playwrightsOwn()].find(isExecutable)
}

export function installChromium(): void {
  console.log('There is no Chrome or Chromium here; installing one for the browser tests ...')
  run(process.execPath, ['node_modules/playwright-core/cli.js', 'install', 'chromium'])
  if (findChromium()) return
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    run('apt-get', ['update'])
    run('apt-get', ['install', '--yes', '--no-install-recommends', 'chromium'])
    if (findChromium()) return
  }
  throw new Error(
    'The browser tests need Chrome or Chromium: install one, or set CHROME_PATH to one, and run npm test again.',
  )
}

/** Without a word to any network but this machine's own. */
export async function launchChromium(): Promise<Browser> {
  const executablePath = findChromium()
  return chromium.launch({
    ...(executablePath && { executablePath }),
    // As it is for people: windows that open without a click are blocked, and going back revives the page.
    ignoreDefaultArgs: ['--disable-popup-blocking', '--disable-back-forward-cache'],
    args: [
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--no-first-run',
      // The network ends at this machine.
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1',
    ],
  })
}

function run(command: string, args: string[]): void {
  const { status, stderr } = spawnSync(command, args, {
    encoding: 'utf8',
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  })
  if (status === 0) return
  const lines = stderr?.trim().split('\n') ?? []
  const reason = lines.find(line => /error|fail/i.test(line)) ?? lines.at(-1) ?? 'it could not be started'
  console.log(`${basename(command)} ${args.join(' ')} did not work: ${reason.trim()}`)
}

function playwrightsOwn(): string {
  return chromium.executablePath()
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
