import type { Command } from "commander";
import type { Instance } from "../api/connect.ts";
import type { ToAction, Run } from "../command-line/run-command-line.ts";
import { addInstanceOptions, readInstance, type InstanceFlags } from "./instance-options.ts";

export type ListDeadLetters = Instance & { decision: string | null; withClosed: boolean };
export type ShowDeadLetter = Instance & { id: string };
/** Without an id all open ones, of one decision or of all. */
export type ReplayDeadLetters = Instance & { id: string | null; decision: string | null };

export type DismissDeadLetter = Instance & { id: string };

export type DeadLetterCommands = {
  list: Run<ListDeadLetters>;
  show: Run<ShowDeadLetter>;
  replay: Run<ReplayDeadLetters>;
  dismiss: Run<DismissDeadLetter>;
};

type SelectionFlags = InstanceFlags & { decision?: string; closed?: true };

/** Adds `dead-letters` with its four commands. */
export function addDeadLetters(
  program: Command,
  toAction: ToAction,
  run: DeadLetterCommands,
): void {
  const deadLetters = program
    .command("dead-letters")
    .summary("list, show, replay and dismiss what the database refused");

  addInstanceOptions(deadLetters.command("list"))
    .summary("list those whose ballot is not in the database")
    .option("--decision <id>", "only those of one decision")
    .option("--closed", "those too whose ballot has landed")
    .action(
      toAction((flags: SelectionFlags) =>
        run.list({
          ...readInstance(flags),
          decision: flags.decision ?? null,
          withClosed: flags.closed === true,
        }),
      ),
    );

  addInstanceOptions(deadLetters.command("show"))
    .summary("show one with the record that was refused")
    .argument("<id>", "as list shows it")
    .action((id: string, flags: InstanceFlags) =>
      toAction(run.show)({ ...readInstance(flags), id }),
    );

  addInstanceOptions(deadLetters.command("replay"))
    .summary("write the ballot of one again, or of all open ones")
    .argument("[id]", "as list shows it")
    .option("--decision <id>", "all open ones of one decision")
    .action((id: string | undefined, flags: SelectionFlags) =>
      toAction(run.replay)({
        ...readInstance(flags),
        id: id ?? null,
        decision: flags.decision ?? null,
      }),
    );

  addInstanceOptions(deadLetters.command("dismiss"))
    .summary("drop one that can't be read; the audit log records it")
    .argument("<id>", "as list shows it")
    .action((id: string, flags: InstanceFlags) =>
      toAction(run.dismiss)({ ...readInstance(flags), id }),
    );
}
