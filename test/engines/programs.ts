/**
 * Where the programs of Firefox and WebKit are, and what installs them. Chromium is in `../browser/chromium.ts`.
 *
 * `FIREFOX_PATH` names a Firefox of your own. WebKit is WebKitGTK: its driver, its small browser, and
 * a virtual display to show it on.
 *
 * @module
 */
import { accessSync, constants, existsSync, readdirSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import type { EngineName } from './engine.js'

export interface WebKitPrograms {
  readonly driver: string
  readonly browser: string
  readonly display: string
}

/** Debian's packages for each engine. */
export const PACKAGES: Readonly<Record<EngineName, readonly string[]>> = {
  chromium: ['chromium'],
  firefox: ['firefox-esr'],
  webkit: ['webkit2gtk-driver', 'xvfb'],
}

export function findFirefox(): string | undefined {
  const { FIREFOX_PATH } = process.env
  if (FIREFOX_PATH && !isExecutable(FIREFOX_PATH))
    throw new Error(`FIREFOX_PATH names no program that can be run: ${FIREFOX_PATH}`)
  return FIREFOX_PATH || findCommand('firefox-esr', 'firefox')
}

export function findWebKit(): WebKitPrograms | undefined {
  const driver = findCommand('WebKitWebDriver')
  const browser = findMiniBrowser()
  const display = findCommand('Xvfb')
  return driver && browser && display ? { driver, browser, display } : undefined
}

export function required<T>(engine: EngineName, program: T | undefined): T {
  if (program) return program
  throw new Error(
    `There is no ${engine} here. Install Debian's packages ${PACKAGES[engine].join(' and ')}, or leave it out with ENGINES.`,
  )
}

/** It is in a folder of its machine's architecture and its own version: `/usr/lib/<triplet>/webkit2gtk-<version>`. */
function findMiniBrowser(): string | undefined {
  return subfolders('/usr/lib', '/usr/libexec')
    .flatMap(folder => [folder, ...subfolders(folder)])
    .filter(folder => /\/webkit(2gtk|gtk)-[\d.]+$/.test(folder))
    .sort()
    .reverse()
    .map(folder => join(folder, 'MiniBrowser'))
    .find(isExecutable)
}

function subfolders(...folders: readonly string[]): string[] {
  return folders
    .filter(folder => existsSync(folder))
    .flatMap(folder =>
      readdirSync(folder, { withFileTypes: true })
        .filter(entry => entry.isDirectory())
        .map(entry => join(folder, entry.name)),
    )
}

function findCommand(...names: readonly string[]): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter)
  return names.flatMap(name => folders.map(folder => join(folder, name))).find(isExecutable)
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
