/** Makes sure, before the first test, that each engine to test in is on this machine. */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { findChromium } from '../support/chromium.js'
import { type EngineName, engineNames } from './engine.js'
import { findFirefox, findWebKit, PACKAGES, required } from './programs.js'

const FIND: Readonly<Record<EngineName, () => unknown>> = {
  chromium: findChromium,
  firefox: findFirefox,
  webkit: findWebKit,
}

export default function setup(): void {
  const missing = engineNames().filter(name => !FIND[name]())
  if (missing.length > 0 && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    const packages = missing.flatMap(name => PACKAGES[name])
    console.log(`Installing ${packages.join(', ')} for the tests in ${missing.join(' and ')} ...`)
    aptGet('update')
    aptGet('install', '--yes', '--no-install-recommends', ...packages)
  }
  for (const name of missing) required(name, FIND[name]())
}

function aptGet(...args: readonly string[]): void {
  const { status, stderr } = spawnSync('apt-get', args, {
    encoding: 'utf8',
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  })
  if (status !== 0) console.log(`apt-get ${args.join(' ')} did not work: ${stderr.trim().split('\n').at(-1)}`)
}
