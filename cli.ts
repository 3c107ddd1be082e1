#!/usr/bin/env node
import type { Command } from '#kernel/cli/command.ts'
import { runCli } from '#kernel/cli/run-cli.ts'

/** Every verb of `standpipe`, in the order in which `--help` lists them. */
export const commands: readonly Command[] = []

if (import.meta.main) await runCli(commands, process.argv.slice(2))
