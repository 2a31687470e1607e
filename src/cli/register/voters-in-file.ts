import { readVoterIds } from "../../roll/read-voter-ids.ts";
import { RollRefused } from "../../roll/row-problem.ts";
import { fileFault, openFile } from "../command-line/file-fault.ts";
import { UsageError } from "../command-line/usage-error.ts";

/**
 * The voter_ids of a file, which may have every form that a roll may have.
 * @throws {UsageError} what is wrong with the file, in one sentence
 */
export async function* votersInFile(path: string): AsyncGenerator<string> {
  try {
    for await (const { voterId } of readVoterIds(openFile(path))) yield voterId;
  } catch (error) {
    if (!(error instanceof RollRefused)) throw fileFault(path, error);
    throw new UsageError(`"${path}": ${error.detail ?? error.code}`, { cause: error });
  }
}
