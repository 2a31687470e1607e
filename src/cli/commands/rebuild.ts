import type { Command } from "commander";
import type { Instance } from "../api/connect.ts";
import type { ToAction, Run } from "../command-line/run-command-line.ts";
import { UsageError } from "../command-line/usage-error.ts";
import { addInstanceOptions, readInstance, type InstanceFlags } from "./instance-options.ts";

const remarks = `
Takes an admin's key. Each decision is sent to the database again from the record,
and rows that are not the record's are removed: that goes on after the command has
ended, and verify tells when it is done. Where a decision is refused the others are
rebuilt all the same. Where the instance does not answer any more the command stops.
Either way it names each that is not known to be begun, for --decision.`;

export type RebuildOptions = Instance & {
  /** Null for every decision that the record knows. */
  decisions: readonly string[] | null;
};

type RebuildFlags = InstanceFlags & { decision?: string[]; all?: true };

/** Adds `rebuild`. */
export function addRebuild(program: Command, toAction: ToAction, run: Run<RebuildOptions>): void {
  addInstanceOptions(program.command("rebuild"))
    .summary("write decisions into the database again, from the record")
    .usage("--on <origin> (--decision <id...> | --all)")
    .option("--decision <id...>", "rebuild these decisions")
    .option("--all", "rebuild every decision that the record knows")
    .addHelpText("after", remarks)
    .action(toAction((flags: RebuildFlags) => run(readRebuildOptions(flags))));
}

function readRebuildOptions(flags: RebuildFlags): RebuildOptions {
  const { decision: decisions = null, all } = flags;
  if ((decisions === null) === (all !== true)) {
    throw new UsageError("give either --decision <id...> or --all");
  }
  return { ...readInstance(flags), decisions };
}
