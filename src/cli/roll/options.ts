import { extname } from "node:path";
import { parseArgs } from "node:util";
import { required } from "../command-line/option-values.ts";
import { UsageError } from "../command-line/usage-error.ts";

const usage = `npm run roll -- --on <origin> --key <admin key> --decision <id> --file <voters.csv | voters.ndjson>

The first line of a CSV file names its columns: voter_id and, where they are needed, region and weight.`;

const contentTypes: Record<string, RollOptions["contentType"]> = {
  ".csv": "text/csv",
  ".ndjson": "application/x-ndjson",
  ".jsonl": "application/x-ndjson",
};

export type RollOptions = {
  origin: string;
  key: string;
  decisionId: string;
  file: string;
  contentType: "text/csv" | "application/x-ndjson";
};

export function readRollOptions(args: string[]): RollOptions {
  const values = parse(args);
  if (values.help === true) throw new UsageError(usage);
  const file = required("file", values.file);
  const contentType = contentTypes[extname(file).toLowerCase()];
  if (contentType === undefined) {
    throw new UsageError(`--file takes a name that ends in .csv, .ndjson or .jsonl, not "${file}"`);
  }
  return {
    origin: required("on", values.on),
    key: required("key", values.key ?? process.env["ADMIN_API_KEY"]),
    decisionId: required("decision", values.decision),
    file,
    contentType,
  };
}

function parse(args: string[]) {
  try {
    const text = { type: "string" } as const;
    return parseArgs({
      args,
      options: { on: text, key: text, decision: text, file: text, help: { type: "boolean" } },
    }).values;
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
  }
}
