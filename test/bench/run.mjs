/** Starts the benchmarks, which are TypeScript: `npm run bench`, and with `UPDATE=1` docs/performance.md gets the results. */
import { fileURLToPath } from 'node:url'
import { runnerImport } from 'vite'

const { module } = await runnerImport(fileURLToPath(new URL('main.ts', import.meta.url)))
await module.main()
