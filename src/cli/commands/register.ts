import type { Command } from "commander";
import { required } from "../command-line/option-values.ts";
import type { ToAction, Run } from "../command-line/run-command-line.ts";
import type { RegisterOptions } from "../register/run-register.ts";
import { addInstanceOptions, readInstance, type InstanceFlags } from "./instance-options.ts";

const registerRemarks = `
The file's first line names its columns, voter_id among them: the roll's own file
will do. How many voters were asked for is a public event of the decision. Who took
a vote back is marked too. Ends with 1 where the marks are not as many as the
certified outcome has counted ballots and standing withdrawals.`;

type RegisterFlags = InstanceFlags & { decision?: string; file?: string; out?: string };

/** Adds `register`. */
export function addRegister(program: Command, toAction: ToAction, run: Run<RegisterOptions>): void {
  addInstanceOptions(program.command("register"))
    .summary("write who of a decision's voters has voted, after the close")
    .usage("--on <origin> --decision <id> --file <voters.csv> --out <register.csv>")
    .option("--decision <id>", "the decision, which is over")
    .option("--file <path>", "the voters, as CSV; gzipped where its name ends in .gz")
    .option("--out <path>", "where the register goes; a file that is there is kept")
    .addHelpText("after", registerRemarks)
    .action(toAction((flags: RegisterFlags) => run(readRegisterOptions(flags))));
}

function readRegisterOptions(flags: RegisterFlags): RegisterOptions {
  const decisionId = required("decision", flags.decision);
  const file = required("file", flags.file);
  return { ...readInstance(flags), decisionId, file, out: required("out", flags.out) };
}
