/**
 * Packs the package once, and installs it the way an app would have it.
 *
 * The tests of this folder see the tarball only: it is unpacked into a temporary `node_modules`, beside the
 * dependencies that its package.json names and nothing else, so what is missing in it is missed.
 *
 * @module
 */
import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { installChromium } from '../support/chromium.js'

declare module 'vitest' {
  interface ProvidedContext {
    /** The folder of an app that has installed the package. */
    app: string
    /** The packed tarball. */
    tarball: string
  }
}

interface Packed {
  readonly folder: string
  readonly app: string
  readonly tarball: string
}

/** Each project loads this module anew, and they share one tarball. */
const shared = globalThis as { packedForTests?: Packed }

export default function setup(project: TestProject): () => void {
  installChromium()
  shared.packedForTests ??= packAndInstall()
  const { folder, app, tarball } = shared.packedForTests
  project.provide('app', app)
  project.provide('tarball', tarball)
  return () => rmSync(folder, { recursive: true, force: true })
}

function packAndInstall(): Packed {
  // Bundlers name files by their real path, which on some machines differs from the system's path.
  const folder = mkdtempSync(join(realpathSync(tmpdir()), 'authsignal-channels-'))
  const app = join(folder, 'app')
  const tarball = pack('.', folder)
  install(tarball, app)
  return { folder, app, tarball }
}

/** Packs what the build has written, and says where the tarball is. */
export function pack(checkout: string, destination: string): string {
  const args = ['pack', '--ignore-scripts', '--json', '--pack-destination', destination]
  const [{ filename }] = JSON.parse(
    execFileSync('npm', args, { cwd: checkout, encoding: 'utf8', stdio: 'pipe' }),
  )
  return join(destination, filename)
}

/** Unpacks a tarball into a new folder. */
export function unpack(tarball: string, folder: string): void {
  mkdirSync(folder, { recursive: true })
  execFileSync('tar', ['-xzf', tarball, '-C', folder, '--strip-components=1'])
}

function install(tarball: string, app: string): void {
  const modules = join(app, 'node_modules')
  unpack(tarball, join(modules, 'authsignal-channels'))
  const waiting = dependenciesOf(join(modules, 'authsignal-channels'))
  for (const name of waiting) {
    cpSync(join('node_modules', name), join(modules, name), { recursive: true, dereference: true })
    for (const next of dependenciesOf(join(modules, name))) if (!waiting.includes(next)) waiting.push(next)
  }
}

function dependenciesOf(folder: string): string[] {
  return Object.keys(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).dependencies ?? {})
}
