import { BallotsArchived } from "../../database/database.ts";
import { Problem } from "../problem.ts";

/**
 * What was read, or a refusal that names what the operator has taken out of the table.
 * @throws {Problem} ballots.archived
 */
export async function refuseArchived<Read>(reading: Promise<Read>): Promise<Read> {
  try {
    return await reading;
  } catch (error) {
    if (!(error instanceof BallotsArchived)) throw error;
    const parts = error.parts.map(({ region, quarter }) =>
      region === "" ? quarter : `${region} in ${quarter}`,
    );
    const detail = `The ballots of ${parts.join(", ")} are archived. Ask the operator to attach their partitions again; the record has them.`;
    throw new Problem("ballots.archived", { detail });
  }
}
