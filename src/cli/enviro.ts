#!/usr/bin/env node
import { defineCommands } from "./commands/commands.ts";
import { runCommandLine } from "./command-line/run-command-line.ts";
import { runMain } from "./command-line/usage-error.ts";
import { explainFailure } from "./explain-failure.ts";

// What does the work is loaded when it is asked for: the help comes at once.
const deadLetters = () => import("./dead-letters/run-dead-letters.ts");
const define = defineCommands({
  verify: async (options) => (await import("./verify/run-verify.ts")).verify(options),
  roll: async (options) => (await import("./roll/import-roll.ts")).runRollImport(options),
  register: async (options) => (await import("./register/run-register.ts")).runRegister(options),
  replay: async (command) => (await import("./replay/run-replay.ts")).replay(command),
  deadLetters: {
    list: async (options) => (await deadLetters()).runDeadLetterList(options),
    show: async (options) => (await deadLetters()).runDeadLetterShow(options),
    replay: async (options) => (await deadLetters()).runDeadLetterReplay(options),
    dismiss: async (options) => (await deadLetters()).runDeadLetterDismissal(options),
  },
  rebuild: async (options) => (await import("./rebuild/run-rebuild.ts")).runRebuild(options),
  reindex: async (options) => (await import("./reindex/run-reindex.ts")).runReindex(options),
  backup: async (options) => (await import("./backup/run-backup.ts")).runBackup(options),
  restore: async (options) => (await import("./restore/run-restore.ts")).runRestore(options),
  migrate: async (options) =>
    (await import("./migrate/migrate-postgres.ts")).migratePostgres(options),
  plan: async (options) => (await import("./plan/run-plan.ts")).runPlan(options),
});

await runMain(() => runCommandLine(process.argv.slice(2), define).catch(explainFailure));
