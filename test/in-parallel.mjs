/** Runs npm scripts at the same time, and fails when one of them does: `node test/in-parallel.mjs lint typecheck`. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'

const runs = process.argv.slice(2).map(async script => {
  const [code] = await once(spawn(`npm run --silent ${script}`, { shell: true, stdio: 'inherit' }), 'exit')
  if (code !== 0) process.exitCode = 1
})
await Promise.all(runs)
