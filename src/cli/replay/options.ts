import { parseArgs } from "node:util";
import { required, wholeNumber } from "../command-line/option-values.ts";
import { limits } from "../../shared/limits.ts";
import { UsageError } from "../command-line/usage-error.ts";

const usage = `npm run replay -- --to <origin> --key <admin key> --votes <votes.csv[.gz]> --roll-calls <roll_calls.csv[.gz]> --voters <voters.csv>

  --boot                 boot an instance of its own, empty, in .local/replay, instead of --to and --key;
                         at the end also wait until its database has every ballot
  --services             with --boot: on Kafka, Postgres and Redis of this machine, started where they do not run
  --limit-decisions N    only the first N decisions of the file
  --batch N              votes a request, 1 to 1,000 (500)
  --concurrency N        decisions at a time, 1 to 64 (8)
  --shards N             shards a decision, 1 to 64 (1)
  --prefix P             decisions are named P-<roll call> ("un")
  --journal <file>       remember what is done, and skip it when run again
  --receipts <file>      write every acknowledged receipt as NDJSON, for "npm run verify"
  --keep-open            leave the decisions open`;

export type ReplayOptions = {
  /** Null: boot an instance. */
  instance: { origin: string; key: string } | null;
  /** Whether the instance that is booted runs on the services of this machine. */
  isOnServices: boolean;
  votes: string;
  rollCalls: string;
  voters: string;
  decisionsMax: number;
  batchVotes: number;
  concurrency: number;
  shards: number;
  prefix: string;
  journal: string | null;
  receipts: string | null;
  isKeptOpen: boolean;
};

export function readReplayOptions(args: string[]): ReplayOptions {
  const values = parse(args);
  if (values.help === true) throw new UsageError(usage);
  if (values.services === true && values.boot !== true)
    throw new UsageError("--services says what --boot boots on");
  const prefix = values.prefix ?? "un";
  if (!/^[a-z0-9][a-z0-9-]{0,20}$/.test(prefix))
    throw new UsageError(
      `--prefix takes up to 21 small letters, digits and hyphens, not "${prefix}"`,
    );
  return {
    instance:
      values.boot === true
        ? null
        : {
            origin: required("to", values.to),
            key: required("key", values.key ?? process.env["ADMIN_API_KEY"]),
          },
    isOnServices: values.services === true,
    votes: required("votes", values.votes),
    rollCalls: required("roll-calls", values["roll-calls"]),
    voters: required("voters", values.voters),
    decisionsMax: wholeNumber("limit-decisions", values["limit-decisions"], {
      min: 1,
      max: 100_000,
      otherwise: 100_000,
    }),
    batchVotes: wholeNumber("batch", values.batch, { min: 1, max: 1_000, otherwise: 500 }),
    concurrency: wholeNumber("concurrency", values.concurrency, { min: 1, max: 64, otherwise: 8 }),
    shards: wholeNumber("shards", values.shards, { min: 1, max: limits.shardsMax, otherwise: 1 }),
    prefix,
    journal: values.journal ?? null,
    receipts: values.receipts ?? null,
    isKeptOpen: values["keep-open"] === true,
  };
}

function parse(args: string[]) {
  try {
    const text = { type: "string" } as const;
    const flag = { type: "boolean" } as const;
    return parseArgs({
      args,
      options: {
        to: text,
        key: text,
        votes: text,
        "roll-calls": text,
        voters: text,
        "limit-decisions": text,
        batch: text,
        concurrency: text,
        shards: text,
        prefix: text,
        journal: text,
        receipts: text,
        "keep-open": flag,
        boot: flag,
        services: flag,
        help: flag,
      },
    }).values;
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
  }
}
