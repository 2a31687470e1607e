import { parseArgs } from "node:util";
import { required } from "../command-line/option-values.ts";
import { UsageError } from "../command-line/usage-error.ts";

const usage = `npm run dead-letters -- list   --on <origin> --key <admin key> [--decision <id>] [--closed]
npm run dead-letters -- show   --on <origin> --key <admin key> --id <id>
npm run dead-letters -- replay --on <origin> --key <admin key> [--id <id> | --decision <id>]

replay without a id writes every open dead letter again. --closed lists those too whose ballot has landed.`;

const commands = ["list", "show", "replay"] as const;

export type DeadLettersOptions = {
  command: (typeof commands)[number];
  origin: string;
  key: string;
  decisionId: string | null;
  withClosed: boolean;
  /** Empty for all. */
  id: string;
};

export function readDeadLettersOptions(args: string[]): DeadLettersOptions {
  const { values, positionals } = parse(args);
  const command = commands.find((name) => name === positionals[0]);
  if (values.help === true || command === undefined || positionals.length > 1) {
    throw new UsageError(usage);
  }
  return {
    command,
    origin: required("on", values.on),
    key: required("key", values.key ?? process.env["ADMIN_API_KEY"]),
    decisionId: values.decision ?? null,
    withClosed: values.closed ?? false,
    id: command === "show" ? required("id", values.id) : (values.id ?? ""),
  };
}

function parse(args: string[]) {
  try {
    const text = { type: "string" } as const;
    const flag = { type: "boolean" } as const;
    return parseArgs({
      args,
      allowPositionals: true,
      options: { on: text, key: text, decision: text, id: text, closed: flag, help: flag },
    });
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
  }
}
