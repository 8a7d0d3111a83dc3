/** The public forge runs the same checks as a developer, and a release cannot skip it. */
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'

const read = (path: string) => readFileSync(path, 'utf8')
const gate = read('.ci/run').trim().split('\n').at(-1)!

/** Commands, without what YAML puts around them. */
const commandsOf = (workflow: string) =>
  [...workflow.matchAll(/^\s*(?:- )?run: (.*)$/gm)].map(([, command]) => command!)

test('ci.yml runs the commands of .ci/run, and no others', () => {
  expect(gate).toMatch(/^npm ci && /)
  expect(commandsOf(read('.github/workflows/ci.yml'))).toEqual([gate])
})

describe('release.yml', () => {
  const workflow = read('.github/workflows/release.yml')

  test('publishes with provenance, after the same commands', () => {
    const commands = commandsOf(workflow)
    expect(commands).toContain(gate)
    expect(commands.indexOf('npm publish --provenance --access public')).toBeGreaterThan(
      commands.indexOf(gate),
    )
  })

  test('starts with no permissions, and grants the one that provenance needs', () => {
    expect(workflow).toMatch(/^permissions: \{\}$/m)
    expect(workflow.match(/: write/g)).toHaveLength(3) // id-token to publish, contents for the notes and the executables
  })
})

describe('the executables of a release', () => {
  const workflow = read('.github/workflows/release.yml')

  test.each(['linux', 'macos', 'windows'])('there is one for %s', platform => {
    expect(workflow).toMatch(new RegExp(`name: authsignal-emulator-${platform}-(x64|arm64)`))
  })

  test('are built by the command that the documentation names', () => {
    expect(commandsOf(workflow)).toContain('npm ci && npm run emulator:binary')
    expect(read('docs/emulator.md')).toContain('npm run emulator:binary')
  })

  test('are what the container is made of', () => {
    expect(read('Dockerfile')).toContain('COPY dist/binary/authsignal-emulator ')
  })
})

describe.each(['ci', 'release'])('%s.yml', name => {
  test('names the major version of each action', () => {
    const uses = [...read(`.github/workflows/${name}.yml`).matchAll(/uses: (\S+)/g)]
    expect(uses.length).toBeGreaterThan(0)
    for (const [, action] of uses) expect(action).toMatch(/^actions\/[\w-]+@v\d+$/)
  })
})

describe('release notes', () => {
  const notes = (version: string) =>
    spawnSync(process.execPath, ['.github/release-notes.mjs', version], { encoding: 'utf8' })

  test('are what the changelog says about the version', () => {
    const { version } = JSON.parse(read('package.json'))
    const { stdout, status } = notes(`v${version}`)
    expect(status).toBe(0)
    expect(stdout).toMatch(/^- /m)
    expect(stdout).not.toMatch(/^## /m)
  })

  test('of a version that the changelog does not know end the release', () => {
    expect(notes('v99.0.0')).toMatchObject({ status: 1, stdout: '' })
  })
})
