import type { Command } from "commander";
import type { ToAction, Run } from "../command-line/run-command-line.ts";
import { wholeNumber } from "../command-line/option-values.ts";
import { UsageError } from "../command-line/usage-error.ts";
import type { VerifyOptions } from "../verify/options.ts";
import { addInstanceOptions, readInstance, type InstanceFlags } from "./instance-options.ts";

const remarks = `
Recounts the ballots of each shard and compares every copy with them: tallies,
room, database, results, list, roll, audit log, manifest and outcome. It ends
with 2 also where no shard's log, or not every receipt, could be looked at:
decisions that hide their counts show them once they have closed.

Needs about 32 bytes of memory for every voter of the largest shard, and 40 for
every receipt.`;

type VerifyFlags = InstanceFlags & {
  decision?: string;
  all?: true;
  receipts?: string[];
  waitSeconds?: string;
  concurrency?: string;
};

/** Adds `verify`. */
export function addVerify(program: Command, toAction: ToAction, run: Run<VerifyOptions>): void {
  addInstanceOptions(program.command("verify"))
    .summary("recount decisions from their ballots, and compare every copy")
    .usage("--on <origin> (--decision <id> | --all) [options]")
    .option("--decision <id>", "verify one decision")
    .option("--all", "verify every decision, the list of them and the keys' audit log")
    .option("--receipts <file...>", "also look every receipt of these NDJSON files up")
    .option("--wait-seconds <n>", "how long the copies may take to catch up with the record (60)")
    .option("--concurrency <n>", "decisions at a time, 1 to 32 (6)")
    .addHelpText("after", remarks)
    .action(toAction((flags: VerifyFlags) => run(readVerifyOptions(flags))));
}

function readVerifyOptions(flags: VerifyFlags): VerifyOptions {
  const { decision = null, all, receipts = [], waitSeconds, concurrency } = flags;
  if ((decision === null) === (all !== true)) {
    throw new UsageError("give either --decision <id> or --all");
  }
  return {
    ...readInstance(flags),
    decision,
    receipts,
    waitSeconds: wholeNumber("wait-seconds", waitSeconds, { min: 0, max: 86_400, otherwise: 60 }),
    concurrency: wholeNumber("concurrency", concurrency, { min: 1, max: 32, otherwise: 6 }),
  };
}
