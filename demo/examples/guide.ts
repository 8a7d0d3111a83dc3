/**
 * Follows a guide like a reader who starts with an empty folder and has nothing but its text.
 *
 * A guide is read from top to bottom: a block below `<!-- file: path -->` is written to this file, and each line of an
 * `sh` block is typed. A command with the comment `# terminal 2: ...` keeps running, in a terminal of its own. A block
 * below `<!-- aside -->` is an alternative that the reader skips.
 *
 * Two things differ from the reader's machine. The ports are free ones, as the usual ones may be in use. And
 * `npm install` links the packages that it names from this repository, so that no network is needed.
 *
 * @module
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { readBlocks } from './blocks.js'

/** One thing that the reader does. */
export type Step = FileStep | CommandStep

export interface FileStep {
  readonly kind: 'file'
  /** The heading of level two that it is below; empty before the first one. */
  readonly section: string
  readonly path: string
  readonly language: string
  readonly code: string
}

export interface CommandStep {
  readonly kind: 'command'
  readonly section: string
  readonly line: string
  /** Set when the command keeps running. */
  readonly terminal?: string | undefined
}

const PACKAGE = 'authsignal-channels'

const TERMINAL = /\s+# terminal (\w+)\b.*$/

/** The steps of a page, in its order. */
export function readGuide(page: string): Step[] {
  return readBlocks(page).flatMap(({ section, marker, value, language, code }): Step[] => {
    if (marker === 'file') return [{ kind: 'file', section, path: value, language, code }]
    return language === 'sh' && marker !== 'aside' ? commandsOf(code, section) : []
  })
}

function commandsOf(code: string, section: string): CommandStep[] {
  const lines = code.replaceAll('\\\n', ' ').split('\n')
  return lines.flatMap(text => {
    const line = text.replace(/\s+#.*$/, '').trim()
    const terminal = TERMINAL.exec(text)?.[1]
    return line && !line.startsWith('#') ? { kind: 'command', section, line, terminal } : []
  })
}

/** A process that keeps running. */
interface Running {
  readonly child: ChildProcess
  /** The address that it has printed. */
  url: string
}

/** All of them end with this process. They are in groups of their own, which Ctrl+C does not reach. */
const children = new Set<ChildProcess>()
process.once('exit', () => {
  for (const child of children) end(child)
})

/** Ends a process and those that it has started. */
function end({ pid }: ChildProcess): void {
  try {
    process.kill(-pid!, 'SIGTERM')
  } catch {
    // It has ended by itself.
  }
}

export interface ReaderOptions {
  /** Where the package is; its `node_modules` or a folder above has its dependencies. */
  readonly packageFolder: string
  /** Where the other packages are. */
  readonly modules: string
  /** Takes the ports of the guide when they are free. */
  readonly prefersUsualPorts?: boolean
  /** A browser for `npx playwright`, in place of a download. */
  readonly chromium?: string
}

/** A reader with an empty folder and some terminals. */
export class Reader {
  /** What each command has printed that has ended. */
  readonly printed = new Map<string, string>()
  #folder: string | undefined
  readonly #options: ReaderOptions
  readonly #ports = new Map<string, number>()
  readonly #environment: NodeJS.ProcessEnv = {}
  readonly #running = new Map<string, Running>()

  constructor(options: ReaderOptions) {
    this.#options = options
  }

  /** Where the reader works; empty at first. */
  get folder(): string {
    this.#folder ??= mkdtempSync(join(realpathSync(tmpdir()), 'guide-'))
    return this.#folder
  }

  /** Takes all steps. */
  async follow(steps: readonly Step[]): Promise<void> {
    // Both ports may be written in a file before the process behind them is started.
    for (const port of ['3000', '4010']) {
      const preferred = this.#options.prefersUsualPorts ? Number(port) : 0
      if (!this.#ports.has(port)) this.#ports.set(port, await freePort(preferred))
    }
    for (const step of steps) {
      if (step.kind === 'file') this.write(step.path, step.code)
      else if (step.terminal) await this.start(step.terminal, step.line)
      else await this.type(step.line)
    }
  }

  /** A text of the guide with the ports of this machine. */
  here(text: string): string {
    return text.replace(/\b(?:3000|4010)\b/g, port => String(this.#ports.get(port) ?? port))
  }

  /** Whether a process runs in this terminal. */
  isRunning(terminal: string): boolean {
    return this.#running.has(terminal)
  }

  /** The address of the process in this terminal. */
  url(terminal: string): string {
    return this.#running.get(terminal)!.url
  }

  /** Writes a file of the guide. */
  write(path: string, code: string): void {
    const file = join(this.folder, path)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, this.here(code))
  }

  /** Types a command that ends. Returns what it prints; rejects when it fails. */
  async type(line: string): Promise<string> {
    const [program, verb, ...words] = line.split(/\s+/)
    const names = words.filter(word => !word.startsWith('-'))
    if (program === 'npm' && /^(?:i|install)$/.test(verb!)) return this.#install(names)
    if (program === 'npm' && verb === 'uninstall') return this.#uninstall(names)
    if (line === 'npx playwright install chromium') return this.#installChromium()
    const { child, output } = this.#spawn(line)
    const [status] = await once(child, 'close')
    if (status !== 0) throw new Error(`${line}: status ${status}\n${output()}`)
    this.printed.set(line, output())
    return output()
  }

  /** Types a command that keeps running. Resolves when it has printed its address; rejects when it ends before. */
  async start(terminal: string, line: string): Promise<void> {
    await this.stop(terminal)
    const { child, output } = this.#spawn(line)
    const running = { child, url: '' }
    this.#running.set(terminal, running)
    running.url = await new Promise<string>((resolve, reject) => {
      const look = () => {
        const address = /http:\/\/(?:localhost|127\.0\.0\.1):\d+/.exec(output().replace(COLOURS, ''))
        if (address) resolve(address[0])
      }
      child.stdout!.on('data', look)
      child.once('exit', status => reject(new Error(`${line}: status ${status}\n${output()}`)))
    })
  }

  /** Presses Ctrl+C in a terminal, or in all of them. */
  async stop(terminal?: string): Promise<void> {
    const names = terminal === undefined ? [...this.#running.keys()] : [terminal]
    await Promise.all(
      names.map(async name => {
        const running = this.#running.get(name)
        this.#running.delete(name)
        if (!running || !children.has(running.child)) return
        const closed = once(running.child, 'close')
        end(running.child)
        await closed
      }),
    )
  }

  /** Stops everything and deletes the folder. */
  async leave(): Promise<void> {
    await this.stop()
    if (this.#folder) rmSync(this.#folder, { recursive: true, force: true })
  }

  /**
   * In a process group of its own, because a shell starts further processes. `npx` runs only the commands of installed
   * packages, so this looks for them where `npx` does, and is faster.
   */
  #spawn(line: string): { child: ChildProcess; output: () => string } {
    const child = spawn(this.here(line).replace(/^npx (?=\S)/, './node_modules/.bin/'), {
      cwd: this.folder,
      shell: true,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...readersEnvironment(), ...this.#environment },
    })
    children.add(child)
    child.once('close', () => children.delete(child))
    let printed = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', chunk => (printed += chunk))
    return { child, output: () => printed }
  }

  #install(names: readonly string[]): string {
    if (!existsSync(join(this.folder, 'package.json'))) this.write('package.json', '{}\n')
    for (const word of names) {
      const name = word.endsWith('.tgz') ? PACKAGE : word.replace(/(?<=.)@[^/]*$/, '')
      const from = name === PACKAGE ? this.#options.packageFolder : join(this.#options.modules, name)
      if (!existsSync(from))
        throw new Error(`The guide installs ${word}, which this repository does not have.`)
      const to = join(this.folder, 'node_modules', name)
      if (name === PACKAGE) this.#copyPackage(realpathSync(from), to)
      else link(realpathSync(from), to)
      this.#linkCommands(name, name === PACKAGE ? to : realpathSync(from))
    }
    return ''
  }

  /** Copied, not linked: it must find the test runner that the reader installs. Its dependencies are linked. */
  #copyPackage(from: string, to: string): void {
    rmSync(to, { recursive: true, force: true })
    for (const part of ['package.json', 'dist']) cpSync(join(from, part), join(to, part), { recursive: true })
    const { dependencies } = JSON.parse(readFileSync(join(from, 'package.json'), 'utf8'))
    const find = createRequire(join(from, 'package.json'))
    for (const name of Object.keys(dependencies)) {
      const folder = find.resolve
        .paths(name)!
        .map(path => join(path, name))
        .find(existsSync)!
      link(realpathSync(folder), join(this.folder, 'node_modules', name))
    }
  }

  #linkCommands(name: string, from: string): void {
    const { bin = {} } = JSON.parse(readFileSync(join(from, 'package.json'), 'utf8'))
    const commands: Record<string, string> =
      typeof bin === 'string' ? { [name.split('/').at(-1)!]: bin } : bin
    for (const [command, file] of Object.entries(commands)) {
      if (name === PACKAGE) chmodSync(join(from, file), 0o755)
      link(join(from, file), join(this.folder, 'node_modules/.bin', command))
    }
  }

  /** Puts the browser of this machine where Playwright looks for its own. */
  #installChromium(): string {
    const browsers = join(this.folder, '.browsers')
    Object.assign(this.#environment, {
      PLAYWRIGHT_BROWSERS_PATH: browsers,
      PLAYWRIGHT_SKIP_VALIDATE_HOST_REQUIREMENTS: '1',
    })
    const launch = "require('@playwright/test').chromium.launch().catch(error => console.log(error.message))"
    const { stdout } = spawnSync(process.execPath, ['-e', launch], {
      cwd: this.folder,
      encoding: 'utf8',
      env: { ...readersEnvironment(), ...this.#environment },
    })
    link(this.#options.chromium!, /Executable doesn't exist at (.*)/.exec(stdout)![1]!.trim())
    return ''
  }

  #uninstall(names: readonly string[]): string {
    for (const name of names) rmSync(join(this.folder, 'node_modules', name))
    return ''
  }
}

/** Without what a test runner has set, and without the network. */
function readersEnvironment(): NodeJS.ProcessEnv {
  const others = Object.entries(process.env).filter(([name]) => !/^(?:NODE_ENV|TEST|VITEST|npm_)/.test(name))
  return { ...Object.fromEntries(others), npm_config_offline: 'true', NO_COLOR: '1' }
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: this is what colours in a terminal begin with.
const COLOURS = /\u001b\[[\d;]*m/g

function link(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true })
  rmSync(to, { force: true })
  symlinkSync(resolve(from), to)
}

/** A port that is free now: the preferred one, or any. */
async function freePort(preferred: number): Promise<number> {
  const server = createServer()
  try {
    await once(server.listen(preferred, '127.0.0.1'), 'listening')
  } catch {
    return freePort(0)
  }
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}
