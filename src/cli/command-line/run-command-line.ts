import { Command, CommanderError } from "commander";
import { exitStatus } from "./usage-error.ts";

/** Does a command's work with what it was called with, and gives the exit status. */
export type Run<Options> = (options: Options) => Promise<number>;

/** Adds commands and options to a program. `toAction` makes an action of what does the work. */
export type Define = (program: Command, toAction: ToAction) => void;
export type ToAction = <Options>(run: Run<Options>) => (options: Options) => Promise<void>;

const exitCodes = `
Exit codes:
  ${exitStatus.ok}    done, and nothing is wrong
  ${exitStatus.differences}    done, and something is not as it must be: a difference, or a row, vote,
       dead letter or rebuild that was refused
  ${exitStatus.failed}    not done: a wrong command line, a refused key, no answer
  ${exitStatus.interrupted}  stopped by SIGINT or SIGTERM; what was begun is safe to begin again`;

/** Reads a command line and does what it says; gives the exit status, which the help documents. */
export async function runCommandLine(args: readonly string[], define: Define): Promise<number> {
  let status: number = exitStatus.ok;
  // Before the commands are added: they take these settings over.
  const program = new Command()
    .exitOverride()
    .showHelpAfterError("(--help says what it takes)")
    .configureHelp({ showGlobalOptions: false });
  const toAction: ToAction = (run) => async (options) => {
    status = await run(options);
  };
  define(program, toAction);
  addExitCodes(program);
  try {
    await program.parseAsync(args, { from: "user" });
    return status;
  } catch (error) {
    // The help or the complaint is written already.
    if (!(error instanceof CommanderError)) throw error;
    return error.exitCode === 0 ? exitStatus.ok : exitStatus.failed;
  }
}

function addExitCodes(command: Command): void {
  command.addHelpText("after", exitCodes);
  for (const one of command.commands) addExitCodes(one);
}
