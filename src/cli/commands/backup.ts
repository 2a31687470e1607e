import type { Command } from "commander";
import type { Instance } from "../api/connect.ts";
import { required } from "../command-line/option-values.ts";
import type { Run, ToAction } from "../command-line/run-command-line.ts";
import { addInstanceOptions, readInstance, type InstanceFlags } from "./instance-options.ts";

const backupRemarks = `
Takes an admin's key. What is copied is encrypted by the instance, to the age recipient
in its variable BACKUP_RECIPIENT, before it leaves: who runs this can read none of it. A
run that was broken off goes on in the same folder. At the end every page is read again
and compared with its SHA-256; a folder with a whole backup is checked and left as it is.`;

const restoreRemarks = `
Takes an admin's key of an empty instance with the same secrets, and the file with the
age identity: its pages are decrypted here and go to the instance. Nothing that is kept
there is overwritten. A run that was broken off goes on. At the end every decision is sent
to the database; "enviro verify" tells when that is done, "enviro reindex" fills the search.`;

export type BackupOptions = Instance & {
  /** The folder to write to, or to go on in. */
  to: string;
};

export type RestoreOptions = Instance & {
  /** The folder with a whole backup. */
  from: string;
  /** The file with an age identity. */
  identity: string;
};

/** Adds `backup`. */
export function addBackup(program: Command, toAction: ToAction, run: Run<BackupOptions>): void {
  addInstanceOptions(program.command("backup"))
    .summary("copy the whole record, encrypted, into a folder")
    .usage("--on <origin> --to <folder>")
    .option("--to <folder>", "a new folder, or one to go on in")
    .addHelpText("after", backupRemarks)
    .action(
      toAction((flags: InstanceFlags & { to?: string }) =>
        run({ ...readInstance(flags), to: required("to", flags.to) }),
      ),
    );
}

/** Adds `restore`. */
export function addRestore(program: Command, toAction: ToAction, run: Run<RestoreOptions>): void {
  addInstanceOptions(program.command("restore"))
    .summary("put a backup into an empty instance")
    .usage("--on <origin> --from <folder> --identity <file>")
    .option("--from <folder>", "the folder with a whole backup")
    .option("--identity <file>", "the age identity that can read it")
    .addHelpText("after", restoreRemarks)
    .action(
      toAction((flags: InstanceFlags & { from?: string; identity?: string }) =>
        run({
          ...readInstance(flags),
          from: required("from", flags.from),
          identity: required("identity", flags.identity),
        }),
      ),
    );
}
