import { UsageError } from "../command-line/usage-error.ts";
import { readCsvRows } from "./csv-rows.ts";

/**
 * A voter's index must fit a packed vote, and one seen-bit a voter is kept for every decision in
 * the buffer.
 */
const votersMax = 1_000_000;

export type Voter = { id: string; region: string };

/** The voters of a file, each known by its index, and the regions they live in. */
export type FileElectorate = {
  voters: readonly Voter[];
  indexOf: ReadonlyMap<string, number>;
  regions: readonly string[];
};

export async function readElectorate(path: string): Promise<FileElectorate> {
  const voters: Voter[] = [];
  const indexOf = new Map<string, number>();
  for await (const { cells, row } of readCsvRows(path, ["voter_id", "region"])) {
    const [id = "", region = ""] = cells;
    if (id === "" || region === "")
      throw new UsageError(`${path} row ${row}: no voter_id or no region`);
    if (indexOf.has(id)) throw new UsageError(`${path} row ${row}: ${id} is there twice`);
    if (voters.length === votersMax) throw new UsageError(`${path}: more than ${votersMax} voters`);
    indexOf.set(id, voters.length);
    voters.push({ id, region });
  }
  const regions = [...new Set(voters.map((voter) => voter.region))].toSorted();
  return { voters, indexOf, regions };
}
