/** Runs the build when `dist/` is missing or older than one of its sources. */
import { spawnSync } from 'node:child_process'
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

const LAST_WRITTEN = 'dist/demo/server.js'
const SOURCES = ['src', 'demo', 'rollup.config.mjs', 'package-lock.json']

const changedAt = path => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0

function newest(path) {
  if (!statSync(path).isDirectory()) return changedAt(path)
  return Math.max(...readdirSync(path, { recursive: true }).map(name => changedAt(join(path, name))))
}

if (changedAt(LAST_WRITTEN) < Math.max(...SOURCES.map(newest))) {
  console.error('Building, this takes a few seconds ...')
  const { status } = spawnSync('npm', ['run', '--silent', 'build', '--', '--silent'], { stdio: 'inherit' })
  process.exitCode = status ?? 1
}
