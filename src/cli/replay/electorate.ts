import { normalizeVoterId, type NormalVoterId } from "../../voter-id/voter-id.ts";
import { UsageError } from "../command-line/usage-error.ts";
import { readCsvRows } from "./csv-rows.ts";

/**
 * A voter's index must fit a packed vote, and one seen-bit a voter is kept for every decision in
 * the buffer.
 */
const votersMax = 1_000_000;

/** The one spelling of a voter_id, as decisions of the replay have it; null of what is none. */
export function readVoterId(text: string): NormalVoterId | null {
  const voterId = normalizeVoterId(text, "case_mapped");
  return typeof voterId === "string" ? voterId : null;
}

export type Voter = { id: string; region: string };

/** The voters of a file, each known by its index, and the regions they live in. */
export type FileElectorate = {
  voters: readonly Voter[];
  /** By the one spelling of the voter_id. */
  indexOf: ReadonlyMap<NormalVoterId, number>;
  regions: readonly string[];
};

export async function readElectorate(path: string): Promise<FileElectorate> {
  const voters: Voter[] = [];
  const indexOf = new Map<NormalVoterId, number>();
  for await (const { cells, row } of readCsvRows(path, ["voter_id", "region"])) {
    const [id = "", region = ""] = cells;
    if (id === "" || region === "")
      throw new UsageError(`${path} row ${row}: no voter_id or no region`);
    const voterId = readVoterId(id);
    if (voterId === null) throw new UsageError(`${path} row ${row}: "${id}" is no voter_id`);
    if (indexOf.has(voterId)) throw new UsageError(`${path} row ${row}: ${id} is there twice`);
    if (voters.length === votersMax) throw new UsageError(`${path}: more than ${votersMax} voters`);
    indexOf.set(voterId, voters.length);
    voters.push({ id, region });
  }
  const regions = [...new Set(voters.map((voter) => voter.region))].toSorted();
  return { voters, indexOf, regions };
}
