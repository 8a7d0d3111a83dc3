/**
 * `npm run test:kits`: the tests of the kits, 500 times each by 8 workers on one emulator. Each run must pass.
 *
 * `npm run test:kits -- --runs 24` runs fewer.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { parseArgs } from 'node:util'
import { createEmulator, listen } from '../../dist/emulator/index.js'

const WORKERS = 8
/** The tests of the `*.spec.ts`. */
const SPECS = 13

const { values } = parseArgs({ options: { runs: { type: 'string', default: '500' } } })
const runs = Number(values.runs)
const emulator = createEmulator()
const { url, close } = await listen(emulator, { port: 0 })

async function run(command, ...args) {
  const env = { ...process.env, AUTHSIGNAL_EMULATOR_URL: url, RUNS: String(runs) }
  const [status] = await once(spawn('npx', [command, ...args], { stdio: 'inherit', env }), 'close')
  if (status !== 0) process.exitCode = 1
}

await run('vitest', 'run', '--config', 'test/kits/vitest.config.ts')
await run(
  'playwright',
  'test',
  ...['--config', 'test/kits/playwright.config.ts', '--reporter', 'dot'],
  ...['--workers', String(WORKERS), '--repeat-each', String(Math.ceil(runs / SPECS))],
)
const left = emulator.tenants.list().length
await close()
console.log(
  `${process.exitCode ? 'Failed' : 'Passed'}: ${runs} runs of each kit by ${WORKERS} workers; ${left} tenants left`,
)
if (left > 0) process.exitCode = 1
