/** `npm run recording`: writes demo/recording.gif, which the README shows. */
import { runnerImport } from 'vite'

const { module } = await runnerImport(new URL('record.ts', import.meta.url).pathname, { configFile: false })
await module.record()
