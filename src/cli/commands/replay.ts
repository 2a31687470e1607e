import type { Command } from "commander";
import { limits } from "../../shared/limits.ts";
import type { Instance } from "../api/connect.ts";
import { required, wholeNumber } from "../command-line/option-values.ts";
import type { ToAction, Run } from "../command-line/run-command-line.ts";
import { UsageError } from "../command-line/usage-error.ts";
import type { ReplayOptions } from "../replay/options.ts";
import { addInstanceOptions, readInstance, type InstanceFlags } from "./instance-options.ts";

export type ReplayFlags = {
  votes?: string;
  rollCalls?: string;
  voters?: string;
  limitDecisions?: string;
  batch?: string;
  concurrency?: string;
  shards?: string;
  prefix?: string;
  journal?: string;
  receipts?: string;
  keepOpen?: true;
};

export type ReplayCommand = { instance: Instance; options: ReplayOptions };

/** Adds `replay`. */
export function addReplay(program: Command, toAction: ToAction, run: Run<ReplayCommand>): void {
  addReplayOptions(addInstanceOptions(program.command("replay")))
    .summary("send a file of votes, and compare every result with the file")
    .usage("--on <origin> --votes <file> --roll-calls <file> --voters <file> [options]")
    .action(
      toAction((flags: ReplayFlags & InstanceFlags) =>
        run({ instance: readInstance(flags), options: readReplayOptions(flags) }),
      ),
    );
}

/** Adds the options that say what is replayed, and how. */
export function addReplayOptions(command: Command): Command {
  return command
    .option("--votes <file>", "CSV with roll_call, voter_id and vote; .gz too")
    .option("--roll-calls <file>", "CSV with roll_call, date, resolution, title and description")
    .option("--voters <file>", "CSV with voter_id and region")
    .option("--limit-decisions <n>", "only the first decisions of the file")
    .option("--batch <n>", "votes a request, 1 to 1,000 (500)")
    .option("--concurrency <n>", "decisions at a time, 1 to 64 (8)")
    .option("--shards <n>", `shards a decision, 1 to ${limits.shardsMax} (1)`)
    .option("--prefix <text>", 'decisions are named <text>-<roll call> ("un")')
    .option("--journal <file>", "remember what is done, and skip it when run again")
    .option("--receipts <file>", "write every acknowledged receipt as NDJSON, for verify")
    .option("--keep-open", "leave the decisions open");
}

/** Reads what is replayed, and how. */
export function readReplayOptions(flags: ReplayFlags): ReplayOptions {
  const { prefix = "un", batch, concurrency, shards } = flags;
  if (!/^[a-z0-9][a-z0-9-]{0,20}$/.test(prefix)) {
    throw new UsageError(
      `--prefix takes up to 21 small letters, digits and hyphens, not "${prefix}"`,
    );
  }
  return {
    votes: required("votes", flags.votes),
    rollCalls: required("roll-calls", flags.rollCalls),
    voters: required("voters", flags.voters),
    decisionsMax: wholeNumber("limit-decisions", flags.limitDecisions, {
      min: 1,
      max: 100_000,
      otherwise: 100_000,
    }),
    batchVotes: wholeNumber("batch", batch, { min: 1, max: 1_000, otherwise: 500 }),
    concurrency: wholeNumber("concurrency", concurrency, { min: 1, max: 64, otherwise: 8 }),
    shards: wholeNumber("shards", shards, { min: 1, max: limits.shardsMax, otherwise: 1 }),
    prefix,
    journal: flags.journal ?? null,
    receipts: flags.receipts ?? null,
    isKeptOpen: flags.keepOpen === true,
  };
}
