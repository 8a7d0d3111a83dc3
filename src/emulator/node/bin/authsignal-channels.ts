#!/usr/bin/env node
import { main } from '../cli.js'
import { run } from './run.js'

await run(main)
