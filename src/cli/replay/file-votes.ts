import { choices, type Choice } from "../../ballot/ballot.ts";
import { UsageError } from "../command-line/usage-error.ts";
import { readCsvRows } from "./csv-rows.ts";
import { readVoterId, type FileElectorate } from "./electorate.ts";

/** One row of the votes file; the voter as an index into the electorate. */
export type FileVote = { rollCall: string; voter: number; choice: Choice };

const choicesByName = new Map<string, Choice>(choices.map((choice) => [choice, choice]));

/**
 * Streams the votes of a file in its order. A row that names an unknown voter or choice ends it
 * with the row's number.
 */
export async function* readFileVotes(
  path: string,
  electorate: FileElectorate,
): AsyncGenerator<FileVote> {
  for await (const { cells, row } of readCsvRows(path, ["roll_call", "voter_id", "vote"])) {
    const [rollCall = "", voterId = "", vote = ""] = cells;
    const known = readVoterId(voterId);
    const voter = known === null ? undefined : electorate.indexOf.get(known);
    if (voter === undefined) throw new UsageError(`${path} row ${row}: unknown voter "${voterId}"`);
    const choice = choicesByName.get(vote);
    if (choice === undefined)
      throw new UsageError(`${path} row ${row}: "${vote}" is not yes, no or abstain`);
    yield { rollCall, voter, choice };
  }
}
