import type { Command } from "commander";
import type { ToAction, Run } from "../command-line/run-command-line.ts";
import { wholeNumber } from "../command-line/option-values.ts";
import { UsageError } from "../command-line/usage-error.ts";
import type { PublicVerifyOptions, VerifyOptions } from "../verify/options.ts";
import {
  addInstanceOptions,
  readInstance,
  readOrigin,
  type InstanceFlags,
} from "./instance-options.ts";

const remarks = `
Without a key it checks a certified decision as anybody can (docs/verify.md):
signature, both lists with every hash and their Merkle roots, the recount whole
and by region, and the rule. It says what it could not check, and what only an
auditor's key checks besides. Needs 43 bytes of memory for every ballot.

With a key of an auditor it also recounts the ballots of each shard and compares
every copy with them: tallies, room, database, results, list, roll, audit log,
manifest and outcome. It ends with 2 also where no shard's log, or not every
receipt, could be looked at: decisions that hide their counts show them once they
have closed. Needs about 32 bytes of memory for every voter of the largest shard,
and 40 for every receipt.`;

type VerifyFlags = InstanceFlags & {
  decision?: string;
  all?: true;
  from?: string;
  save?: string;
  receipt?: string[];
  trustedKey?: string[];
  receipts?: string[];
  waitSeconds?: string;
  concurrency?: string;
};

/** Adds `verify`. */
export function addVerify(program: Command, toAction: ToAction, run: Run<VerifyOptions>): void {
  const command = addInstanceOptions(program.command("verify"))
    .summary("check a certified decision, and with a key every copy of its ballots")
    .usage("(--on <origin> [<decision> | --all] | --from <folder>) [options]")
    .argument("[decision]", "verify one decision")
    .option("--decision <id>", "the same")
    .option("--from <folder>", "verify what was saved there, without an instance")
    .option("--save <folder>", "save what is read, without a key")
    .option("--receipt <file...>", "also look these receipts of voters up, without a key")
    .option("--trusted-key <x...>", "public keys from elsewhere, one of which must have signed")
    .option("--all", "verify every decision, the list of them and the keys' audit log")
    .option("--receipts <file...>", "also look every receipt of these NDJSON files up")
    .option("--wait-seconds <n>", "how long the copies may take to catch up with the record (60)")
    .option("--concurrency <n>", "decisions at a time, 1 to 32 (6)")
    .addHelpText("after", remarks);
  // The decision may be named by itself; commander gives that before the options.
  command.action((named: string | undefined, flags: VerifyFlags) =>
    toAction((given: VerifyFlags) => run(readVerifyOptions(given)))(
      named === undefined ? flags : { ...flags, decision: named },
    ),
  );
}

function readVerifyOptions(flags: VerifyFlags): VerifyOptions {
  const { decision = null, all, from, key = "", receipts = [], waitSeconds, concurrency } = flags;
  if (from !== undefined || key === "") {
    if (all === true) throw new UsageError("--all takes a key: set ENVIRO_KEY, or give --key");
    if (receipts.length > 0) throw new UsageError("--receipts takes a key: --receipt does not");
    return readPublicOptions(flags);
  }
  for (const [name, value] of [
    ["--save", flags.save],
    ["--receipt", flags.receipt],
    ["--trusted-key", flags.trustedKey],
  ] as const) {
    if (value !== undefined) throw new UsageError(`${name} goes without a key`);
  }
  if ((decision === null) === (all !== true)) {
    throw new UsageError("give either --decision <id> or --all");
  }
  return {
    kind: "audit",
    ...readInstance(flags),
    decision,
    receipts,
    waitSeconds: wholeNumber("wait-seconds", waitSeconds, { min: 0, max: 86_400, otherwise: 60 }),
    concurrency: wholeNumber("concurrency", concurrency, { min: 1, max: 32, otherwise: 6 }),
  };
}

function readPublicOptions(flags: VerifyFlags): PublicVerifyOptions {
  const { decision = null, from = null, save = null, receipt = [], trustedKey = [] } = flags;
  if (from !== null && save !== null) throw new UsageError("give either --from or --save");
  if (from === null && decision === null)
    throw new UsageError("give a decision; --all takes a key: set ENVIRO_KEY, or give --key");
  const on = from === null ? readOrigin(flags) : null;
  const paths = { from, save, receipts: receipt };
  return { kind: "public", on, decision, ...paths, trustedKeys: trustedKey };
}
