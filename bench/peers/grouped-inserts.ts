import type { BallotTable, PeerBallot } from "./ballot-table.ts";

/** As many as one of our batches may have. */
const ballotsMax = 1_000;

type Waiting = {
  ballot: PeerBallot;
  resolve: (isInserted: boolean) => void;
  reject: (error: unknown) => void;
};

/** Group commit: what arrives while a statement runs is the next one. */
export function groupInserts({ insertMany }: BallotTable): BallotTable["insertOne"] {
  const waiting: Waiting[] = [];
  let isWriting = false;

  const writeAll = async (): Promise<void> => {
    isWriting = true;
    while (waiting.length > 0) {
      const group = waiting.splice(0, ballotsMax);
      try {
        const inserted = await insertMany(group.map(({ ballot }) => ballot));
        for (const [index, { resolve }] of group.entries()) resolve(inserted[index] ?? false);
      } catch (error) {
        for (const { reject } of group) reject(error);
      }
    }
    isWriting = false;
  };
  return (ballot) =>
    new Promise((resolve, reject) => {
      waiting.push({ ballot, resolve, reject });
      if (!isWriting) void writeAll();
    });
}
