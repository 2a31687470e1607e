import type { Define, Run } from "../command-line/run-command-line.ts";
import type { RollOptions } from "../roll/import-roll.ts";
import type { RegisterOptions } from "../register/run-register.ts";
import type { VerifyOptions } from "../verify/options.ts";
import { addBackup, addRestore, type BackupOptions, type RestoreOptions } from "./backup.ts";
import { addDeadLetters, type DeadLetterCommands } from "./dead-letters.ts";
import { addMigrate, type MigrateOptions } from "./migrate.ts";
import { addPlan, type PlanOptions } from "./plan.ts";
import { addRebuild, type RebuildOptions } from "./rebuild.ts";
import { addRegister } from "./register.ts";
import { addReindex, type ReindexOptions } from "./reindex.ts";
import { addReplay, type ReplayCommand } from "./replay.ts";
import { addRoll } from "./roll.ts";
import { addVerify } from "./verify.ts";

/** What does each command's work. */
export type Commands = {
  verify: Run<VerifyOptions>;
  roll: Run<RollOptions>;
  register: Run<RegisterOptions>;
  replay: Run<ReplayCommand>;
  deadLetters: DeadLetterCommands;
  rebuild: Run<RebuildOptions>;
  reindex: Run<ReindexOptions>;
  backup: Run<BackupOptions>;
  restore: Run<RestoreOptions>;
  migrate: Run<MigrateOptions>;
  plan: Run<PlanOptions>;
};

/** Defines the command line of operators and auditors. */
export function defineCommands(commands: Commands): Define {
  return (program, toAction) => {
    program
      .name("enviro")
      .description("What operators and auditors do with an instance of Enviro-Governance.");
    addVerify(program, toAction, commands.verify);
    addRoll(program, toAction, commands.roll);
    addRegister(program, toAction, commands.register);
    addReplay(program, toAction, commands.replay);
    addDeadLetters(program, toAction, commands.deadLetters);
    addRebuild(program, toAction, commands.rebuild);
    addReindex(program, toAction, commands.reindex);
    addBackup(program, toAction, commands.backup);
    addRestore(program, toAction, commands.restore);
    addMigrate(program, toAction, commands.migrate);
    addPlan(program, toAction, commands.plan);
  };
}
