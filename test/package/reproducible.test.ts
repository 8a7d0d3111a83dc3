/**
 * A build of this version is the published one, byte for byte, with the licences of everything in it.
 *
 * One build is `dist/`, which `npm test` has made; the other is made here, as far from it as can be.
 */
import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { beforeAll, expect, inject, test } from 'vitest'
import { APP, filesIn, PACKAGE, packedFiles, read } from './packed.js'
import { pack, unpack } from './setup.js'

/** What is not in a fresh checkout, or has no part in the build. */
const LEFT_OUT = ['.git', 'dist', 'node_modules', 'test']

const CHECKOUT = join(APP, '..', 'another', 'checkout')

/** Writes beside each script the names of the packages that are in it, which its source map does not contain. */
const LIST_BUNDLED = `
  const packageOf = id => id.match(/.*node_modules\\/((?:@[^/]+\\/)?[^/]+)\\//)?.[1]
  export default () => ({
    name: 'list-bundled',
    generateBundle(_, bundle) {
      for (const { fileName, modules } of Object.values(bundle)) {
        const bundled = Object.keys(modules ?? {}).filter(id => modules[id].renderedLength > 0)
        const names = new Set(bundled.map(packageOf).filter(Boolean))
        if (names.size) this.emitFile({ type: 'asset', fileName: fileName + '.bundled', source: [...names].join('\\n') })
      }
    },
  })`

beforeAll(async () => {
  mkdirSync(CHECKOUT, { recursive: true })
  for (const name of readdirSync('.'))
    if (!LEFT_OUT.includes(name)) cpSync(name, join(CHECKOUT, name), { recursive: true })
  symlinkSync(resolve('node_modules'), join(CHECKOUT, 'node_modules'))
  const plugin = join(CHECKOUT, '..', 'list-bundled.mjs')
  writeFileSync(plugin, LIST_BUNDLED)

  // A link to the dependencies stands for the folder that `npm ci` would make.
  const rollup = [
    resolve('node_modules/rollup/dist/bin/rollup'),
    '-c',
    '--configPublished',
    '--silent',
    '--preserveSymlinks',
  ]
  const env = { ...process.env, TZ: 'Pacific/Auckland', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8' }
  await promisify(execFile)(process.execPath, [...rollup, '-p', plugin], { cwd: CHECKOUT, env })
}, 300_000)

test('the licence of everything that a script bundles goes along with it', () => {
  const scripts = packedFiles.filter(file => bundledIn(file).length > 0)
  expect(scripts).toEqual(expect.arrayContaining(['dist/authsignal.umd.min.js', 'dist/emulator/emulator.js']))
  for (const file of scripts) {
    const licences = read(join(dirname(file), 'licenses.txt')).split('\n')
    for (const name of bundledIn(file)) expect(licences, file).toContain(`Name: ${name}`)
  }
})

test('a clean build in another folder, time zone and language packs the same tarball', () => {
  for (const file of filesIn(join(CHECKOUT, 'dist')).filter(file => file.endsWith('.bundled')))
    rmSync(join(CHECKOUT, 'dist', file))
  const tarball = pack(CHECKOUT, join(CHECKOUT, '..'))
  unpack(tarball, join(CHECKOUT, '..', 'unpacked'))

  // For two different tarballs, the files are a more useful error than the hash.
  expect(hashesOf(join(CHECKOUT, '..', 'unpacked'))).toEqual(hashesOf(PACKAGE))
  expect(hashOf(tarball)).toBe(hashOf(inject('tarball')))
})

/** The packages of which something is in a script of the build. */
function bundledIn(file: string): string[] {
  const list = join(CHECKOUT, `${file}.bundled`)
  return existsSync(list) ? readFileSync(list, 'utf8').split('\n') : []
}

const hashesOf = (folder: string) =>
  Object.fromEntries(filesIn(folder).map(file => [file, hashOf(join(folder, file))]))

const hashOf = (file: string) => createHash('sha256').update(readFileSync(file)).digest('hex')
