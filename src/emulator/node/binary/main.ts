/** The command of the executable, which is `authsignal-channels emulator`. */
import { run } from '../bin/run.js'
import { emulator } from '../emulator-command.js'

void run(emulator)
