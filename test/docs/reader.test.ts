/** What follows a guide does as the guide says, and fails where the reader would. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest'
import { Reader, readGuide } from '../../demo/examples/guide.js'

const texts = mkdtempSync(join(tmpdir(), 'texts-of-guides-'))
let reader: Reader

beforeEach(() => {
  reader = new Reader({ packageFolder: resolve('.'), modules: resolve('node_modules') })
})
afterEach(() => reader.leave())
afterAll(() => rmSync(texts, { recursive: true, force: true }))

/** The steps of a guide with this text, in which `'''` begins and ends a block. */
function stepsOf(text: string) {
  const page = join(texts, 'guide.md')
  writeFileSync(page, text.replaceAll("'''", '```'))
  return readGuide(page)
}

const script = (code: string) => `<!-- file: main.mjs -->\n'''js\n${code}\n'''\n`
const commands = (...lines: string[]) => `'''sh\n${lines.join('\n')}\n'''\n`

test('a guide is files and commands, in its order, without what is aside', () => {
  const text = [
    commands('npm install hono # the server', '# a comment'),
    '## Run it\n',
    script('await 0'),
    '<!-- aside -->\n',
    commands('npm install express'),
    commands('node main.mjs   # terminal 2: your site'),
  ].join('')
  expect(stepsOf(text)).toEqual([
    { kind: 'command', section: '', line: 'npm install hono', terminal: undefined },
    { kind: 'file', section: 'Run it', path: 'main.mjs', language: 'js', code: 'await 0\n' },
    { kind: 'command', section: 'Run it', line: 'node main.mjs', terminal: '2' },
  ])
})

test('a package that the guide installs is there', async () => {
  await reader.follow(
    stepsOf(commands('npm install hono') + script("import 'hono'") + commands('node main.mjs')),
  )
  expect(existsSync(join(reader.folder, 'node_modules/hono/package.json'))).toBe(true)
})

test('a package that the guide does not install is not there', async () => {
  const steps = stepsOf(script("import 'hono'") + commands('node main.mjs'))
  await expect(reader.follow(steps)).rejects.toThrow(
    /node main\.mjs: status 1[\s\S]*Cannot find package 'hono'/,
  )
})

test('a command of a package that the guide does not install is not there', async () => {
  await expect(reader.follow(stepsOf(commands('npx vite build')))).rejects.toThrow(
    /npx vite build: status 127/,
  )
})

test('a package that this repository does not have is refused by its name', async () => {
  const steps = stepsOf(commands('npm install left-pad@1.3.0'))
  await expect(reader.follow(steps)).rejects.toThrow('The guide installs left-pad@1.3.0')
})

test('a process that ends before it has printed an address is a failure', async () => {
  const steps = stepsOf(commands('node --eval "process.exit(3)"   # terminal 1: the service'))
  await expect(reader.follow(steps)).rejects.toThrow(/status 3/)
})

test('the ports of the guide are free ones, in files and in commands', async () => {
  await reader.follow(stepsOf(script('http://localhost:4010') + commands('echo 3000')))
  const [, port] = /:(\d+)/.exec(readFileSync(join(reader.folder, 'main.mjs'), 'utf8'))!
  expect(port).not.toBe('4010')
  expect(reader.here('http://localhost:4010')).toBe(`http://localhost:${port}`)
  expect(reader.printed.get('echo 3000')!.trim()).toBe(reader.here('3000'))
})

test('what runs is stopped, and the folder is deleted', async () => {
  const server = `import { createServer } from 'node:http'
createServer((_, response) => response.end('here')).listen(3000, () => console.log('http://localhost:3000'))`
  await reader.follow(stepsOf(script(server) + commands('node main.mjs   # terminal 2: your site')))
  const { folder } = reader
  const url = reader.url('2')
  expect(await (await fetch(url)).text()).toBe('here')
  await reader.leave()
  await expect(fetch(url)).rejects.toThrow()
  expect(existsSync(folder)).toBe(false)
})
