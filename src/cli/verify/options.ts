import { parseArgs } from "node:util";
import { required, wholeNumber } from "../command-line/option-values.ts";
import { UsageError } from "../command-line/usage-error.ts";

const usage = `npm run verify -- --on <origin> --key <admin key> (--decision <id> | --all)

  --receipts <file>      also check that every receipt of this NDJSON file is recorded; may be given several times
  --wait-seconds N       how long the copies may take to catch up with the record (60)
  --concurrency N        decisions at a time, 1 to 32 (6)

Ends with 0 where all that was looked at agrees, 1 where something differs, and 2 where it could not be verified:
no shard's log, or not every receipt, could be looked at (decisions that hide their counts show them once they have closed).

Needs about 32 bytes of memory for every voter of the largest shard, and 40 for every receipt.`;

export type VerifyOptions = {
  origin: string;
  key: string;
  /** Null: all decisions of the instance. */
  decision: string | null;
  receipts: string[];
  waitSeconds: number;
  concurrency: number;
};

export function readVerifyOptions(args: string[]): VerifyOptions {
  const values = parse(args);
  if (values.help === true) throw new UsageError(usage);
  if ((values.decision === undefined) === (values.all !== true))
    throw new UsageError(`give either --decision or --all\n\n${usage}`);
  return {
    origin: required("on", values.on),
    key: required("key", values.key ?? process.env["ADMIN_API_KEY"]),
    decision: values.decision ?? null,
    receipts: values.receipts ?? [],
    waitSeconds: wholeNumber("wait-seconds", values["wait-seconds"], {
      min: 0,
      max: 86_400,
      otherwise: 60,
    }),
    concurrency: wholeNumber("concurrency", values.concurrency, { min: 1, max: 32, otherwise: 6 }),
  };
}

function parse(args: string[]) {
  try {
    const text = { type: "string" } as const;
    const flag = { type: "boolean" } as const;
    return parseArgs({
      args,
      options: {
        on: text,
        key: text,
        decision: text,
        all: flag,
        receipts: { type: "string", multiple: true },
        "wait-seconds": text,
        concurrency: text,
        help: flag,
      },
    }).values;
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
  }
}
