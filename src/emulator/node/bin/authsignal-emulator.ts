#!/usr/bin/env node
// Another name for `authsignal-channels emulator`.
import { emulator } from '../emulator-command.js'
import { run } from './run.js'

await run(emulator)
