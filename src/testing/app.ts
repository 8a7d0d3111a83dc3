/**
 * The app under test, started by a command.
 */

import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Settings } from './tenant.js'

/** How to start an app. */
export interface AppOptions {
  /** The command: `node server.mjs`. */
  readonly command: string
  /**
   * Environment variables besides `PORT`, `AUTHSIGNAL_API_SECRET_KEY`, `AUTHSIGNAL_API_URL`, `AUTHSIGNAL_TENANT_ID` and
   * `AUTHSIGNAL_BASE_URL`, for an app that has other names for them.
   */
  readonly env?: ((settings: Settings, port: number) => Readonly<Record<string, string>>) | undefined
  /** How long the app may take until it responds, in milliseconds. Default `30_000`. */
  readonly timeout?: number | undefined
}

export interface RunningApp {
  readonly url: string
  stop(): Promise<void>
}

export async function startApp(
  { command, env, timeout = 30_000 }: AppOptions,
  settings: Settings,
): Promise<RunningApp> {
  const port = await freePort()
  const child = spawn(command, {
    shell: true,
    // A group of its own, because the shell starts further processes.
    detached: process.platform !== 'win32',
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      PORT: String(port),
      AUTHSIGNAL_API_SECRET_KEY: settings.apiSecretKey,
      AUTHSIGNAL_API_URL: settings.apiUrl,
      AUTHSIGNAL_TENANT_ID: settings.tenantId,
      AUTHSIGNAL_BASE_URL: settings.baseUrl,
      ...env?.(settings, port),
    },
  })
  let printed = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', chunk => (printed += chunk))
  const kill = () => end(child)
  process.once('exit', kill)
  const app: RunningApp = {
    url: `http://localhost:${port}`,
    async stop() {
      process.off('exit', kill)
      if (child.exitCode !== null || child.signalCode !== null) return
      const closed = once(child, 'close')
      kill()
      await closed
    },
  }

  const deadline = performance.now() + timeout
  while (!(await responds(app.url))) {
    if (child.exitCode !== null) throw new Error(`"${command}" ended before it responded.\n${printed}`)
    if (performance.now() > deadline) {
      await app.stop()
      throw new Error(
        `"${command}" did not respond at ${app.url}, the port in PORT, within ${timeout} ms.\n${printed}`,
      )
    }
    await sleep(50)
  }
  return app
}

const responds = (url: string) =>
  fetch(url).then(
    () => true,
    () => false,
  )

function end({ pid }: ChildProcess): void {
  if (pid === undefined) return
  if (process.platform === 'win32') {
    spawnSync('taskkill', ['/pid', String(pid), '/T', '/F'])
    return
  }
  try {
    process.kill(-pid, 'SIGTERM')
  } catch {
    // It has ended by itself.
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0)
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (typeof address !== 'object' || address === null) throw new Error('No port is free')
  return address.port
}
