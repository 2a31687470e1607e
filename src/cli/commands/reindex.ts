import type { Command } from "commander";
import type { Instance } from "../api/connect.ts";
import type { ToAction, Run } from "../command-line/run-command-line.ts";
import { addInstanceOptions, readInstance, type InstanceFlags } from "./instance-options.ts";

const remarks = `
Takes an admin's key. Decisions and published ballots are read from the record and go
into a new index beside the one that is searched; with the last of them it takes its
place. With --decision they go into the index that there is. A command that was broken
off leaves the old index as it was: begin again.`;

export type ReindexOptions = Instance & {
  /** Null for every decision that the record knows. */
  decisions: readonly string[] | null;
};

type ReindexFlags = InstanceFlags & { decision?: string[] };

/** Adds `reindex`. */
export function addReindex(program: Command, toAction: ToAction, run: Run<ReindexOptions>): void {
  addInstanceOptions(program.command("reindex"))
    .summary("fill the search index again, from the record")
    .usage("--on <origin> [--decision <id...>]")
    .option("--decision <id...>", "these decisions alone")
    .addHelpText("after", remarks)
    .action(
      toAction((flags: ReindexFlags) =>
        run({ ...readInstance(flags), decisions: flags.decision ?? null }),
      ),
    );
}
