/**
 * `authsignal-channels`: the command line of the package. Each of its commands has a file of its own.
 */

import { version } from '../options.js'
import type { Command } from './bin/run.js'
import { emulator } from './emulator-command.js'

const HELP = `Usage: authsignal-channels <command> [options]

  emulator             start the emulator: the whole service on this machine

  --help, --version

The options of a command: authsignal-channels emulator --help
`

/** Runs the command that the first argument names. */
export const main: Command = async ([name, ...rest], io) => {
  switch (name) {
    case 'emulator':
      return emulator(rest, io)
    case undefined:
    case 'help':
    case '-h':
    case '--help':
      io.print(HELP)
      return 0
    case '-v':
    case '--version':
      io.print(`${version}\n`)
      return 0
  }
  const isOption = name.startsWith('-')
  io.complain(
    `authsignal-channels: ${isOption ? `${name} needs a command` : `there is no command "${name}"`}. ` +
      'To start the emulator: authsignal-channels emulator\n',
  )
  return 1
}
