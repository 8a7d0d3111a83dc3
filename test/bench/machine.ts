/**
 * The machine and the versions that the numbers are from, in one line.
 *
 * @module
 */
import { readFileSync } from 'node:fs'
import { arch, cpus, platform, totalmem } from 'node:os'
import { ORIGINAL } from './result.js'

const MANIFEST = new URL('../../node_modules/@authsignal/browser/package.json', import.meta.url)

export function describeMachine(chromiumVersion: string): string {
  const processors = cpus()
  const model = processors[0]?.model.replace(/\((R|TM)\)/g, '').trim() || 'unknown processor'
  const { name, version } = JSON.parse(readFileSync(MANIFEST, 'utf8'))
  return [
    `${processors.length} × ${model}`,
    `${Math.round(totalmem() / 2 ** 30)} GB`,
    `${platform()} ${arch()}`,
    `Chromium ${chromiumVersion}`,
    `Node ${process.versions.node}`,
    `${ORIGINAL} = \`${name}\` ${version}`,
  ].join(', ')
}
