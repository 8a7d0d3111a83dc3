/**
 * Builds one executable of the emulator, for the platform that it runs on: `dist/binary/authsignal-emulator`.
 *
 * It is Node with the emulator inside, so that it starts on a machine without Node.
 *
 * @see https://nodejs.org/docs/latest-v20.x/api/single-executable-applications.html
 */
import { execFileSync } from 'node:child_process'
import { chmodSync, copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { inject } from 'postject'
import { rollup } from 'rollup'
import { loadConfigFile } from 'rollup/loadConfigFile'

const OUTPUT = 'dist/binary'
const BUILT = 'dist/emulator'
const EXECUTABLE = join(
  OUTPUT,
  process.platform === 'win32' ? 'authsignal-emulator.exe' : 'authsignal-emulator',
)
// Node looks for this text to find out whether it has an application inside.
const FUSE = 'NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2'

mkdirSync(OUTPUT, { recursive: true })
const main = await bundle()
const blob = prepare(main, assets())
await write(blob)
console.log(EXECUTABLE)

/** The emulator in one script, as Node wants it. */
async function bundle() {
  const { options } = await loadConfigFile(join(process.cwd(), 'rollup.config.mjs'), { configBinary: true })
  const [binary] = options
  const build = await rollup(binary)
  const [output] = binary.output
  await build.write(output)
  await build.close()
  return output.file
}

/** The files of the pages, which the build has put next to the emulator. */
function assets() {
  const names = readdirSync(BUILT, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile() && entry.parentPath !== BUILT && !entry.name.endsWith('.map'))
    .map(entry =>
      join(entry.parentPath, entry.name)
        .replaceAll('\\', '/')
        .slice(BUILT.length + 1),
    )
  return Object.fromEntries(names.map(name => [name, join(BUILT, name)]))
}

function prepare(main, assets) {
  const config = join(OUTPUT, 'sea.json')
  const output = join(OUTPUT, 'sea.blob')
  writeFileSync(config, JSON.stringify({ main, output, assets, disableExperimentalSEAWarning: true }))
  execFileSync(process.execPath, ['--experimental-sea-config', config], {
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  return output
}

async function write(blob) {
  copyFileSync(process.execPath, EXECUTABLE)
  chmodSync(EXECUTABLE, 0o755)
  // macOS runs only what is signed, and a signature ends with any change.
  if (process.platform === 'darwin') execFileSync('codesign', ['--remove-signature', EXECUTABLE])
  await inject(EXECUTABLE, 'NODE_SEA_BLOB', readFileSync(blob), {
    sentinelFuse: FUSE,
    machoSegmentName: 'NODE_SEA',
  })
  if (process.platform === 'darwin') execFileSync('codesign', ['--sign', '-', EXECUTABLE])
}
