import { extname } from "node:path";
import type { Command } from "commander";
import { required } from "../command-line/option-values.ts";
import type { ToAction, Run } from "../command-line/run-command-line.ts";
import { UsageError } from "../command-line/usage-error.ts";
import type { RollOptions } from "../roll/import-roll.ts";
import { addInstanceOptions, readInstance, type InstanceFlags } from "./instance-options.ts";

const remarks = `
The first line of a CSV file names its columns: voter_id and, where they are
needed, region and weight; in roll calls also name, which is published beside the
vote. Commas, semicolons or tabs are between the fields. The file is UTF-8, or
what Excel calls Unicode text. Objects of an NDJSON file have members of those
names.`;

const contentTypes: Record<string, RollOptions["contentType"]> = {
  ".csv": "text/csv",
  ".tsv": "text/csv",
  ".txt": "text/csv",
  ".ndjson": "application/x-ndjson",
  ".jsonl": "application/x-ndjson",
};

type RollFlags = InstanceFlags & {
  decision?: string;
  file?: string;
  twins?: string;
  ignore?: string;
};

/** Adds `roll`. */
export function addRoll(program: Command, toAction: ToAction, run: Run<RollOptions>): void {
  addInstanceOptions(program.command("roll"))
    .summary("import the voters of a decision from a file")
    .usage("--on <origin> --decision <id> --file <voters.csv | voters.ndjson>")
    .option("--decision <id>", "the draft whose voters they are")
    .option("--file <path>", "a name that ends in .csv, .tsv, .txt, .ndjson or .jsonl")
    .option(
      "--twins <refuse | first>",
      "refuse a roll that names a voter twice, or load the first row",
    )
    .option("--ignore <columns>", "pass over these columns, as in email,name")
    .addHelpText("after", remarks)
    .action(toAction((flags: RollFlags) => run(readRollOptions(flags))));
}

function readRollOptions(flags: RollFlags): RollOptions {
  const file = required("file", flags.file);
  const contentType = contentTypes[extname(file).toLowerCase()];
  if (contentType === undefined) {
    throw new UsageError(
      `--file takes a name that ends in .csv, .tsv, .txt, .ndjson or .jsonl, not "${file}"`,
    );
  }
  const decisionId = required("decision", flags.decision);
  const { twins = "refuse", ignore = "" } = flags;
  if (twins !== "refuse" && twins !== "first") {
    throw new UsageError(`--twins takes refuse or first, not "${twins}"`);
  }
  return { ...readInstance(flags), decisionId, file, contentType, twins, ignore };
}
