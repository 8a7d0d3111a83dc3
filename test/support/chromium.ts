/**
 * The Chromium that the browser tests run in: finding one, or installing one.
 *
 * Two programs. The desktop browser is looked for in this order: `CHROME_PATH`, the usual commands, the usual
 * places, Playwright's own download. The headless shell is the same engine without the desktop browser's
 * windows: a page opens in a quarter of the time. It blocks no popups and has no back-forward cache, so the
 * tests of these use the desktop browser. Without a shell, the desktop browser does everything.
 *
 * What is missing is downloaded by Playwright, or taken from Debian's packages.
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

/** The desktop browser. */
export function findChromium(): string | undefined {
  const { CHROME_PATH } = process.env
  if (CHROME_PATH) {
    if (!isExecutable(CHROME_PATH))
      throw new Error(`CHROME_PATH names no program that can be run: ${CHROME_PATH}`)
    return CHROME_PATH
  }
  return [...inPath(COMMANDS), ...PLACES, chromium.executablePath()].find(isExecutable)
}

/** The headless shell; a browser that `CHROME_PATH` names goes before it. */
export function findShell(): string | undefined {
  if (process.env.CHROME_PATH) return undefined
  return inPath(['chromium-headless-shell', 'chrome-headless-shell']).find(isExecutable)
}

/** Installs the desktop browser where there is none, and the headless shell where that is one package more. */
export function installChromium(): void {
  const isDebian = process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')
  if (findChromium() && (findShell() || process.env.CHROME_PATH || !isDebian)) return
  if (!findChromium()) {
    console.log('There is no Chrome or Chromium here; installing one for the browser tests ...')
    run(process.execPath, ['node_modules/playwright-core/cli.js', 'install', 'chromium'])
  }
  if (isDebian) {
    run('apt-get', ['update'])
    if (!findChromium()) aptInstall('chromium')
    if (!findShell()) aptInstall('chromium-headless-shell')
  }
  if (findChromium()) return
  throw new Error(
    'The browser tests need Chrome or Chromium: install one, or set CHROME_PATH to one, and run npm test again.',
  )
}

/** Starts a browser that reaches this machine only: the headless shell, unless the test needs the desktop browser. */
export async function launchChromium({ desktop = false } = {}): Promise<Browser> {
  const executablePath = (!desktop && findShell()) || findChromium()
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
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE *.localhost, EXCLUDE 127.0.0.1',
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

const aptInstall = (name: string) => run('apt-get', ['install', '--yes', '--no-install-recommends', name])

/** Where these commands would be. */
function inPath(commands: readonly string[]): string[] {
  const folders = (process.env.PATH ?? '').split(delimiter)
  return commands.flatMap(command => folders.map(folder => join(folder, command)))
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
