import pg from "pg";

export type PeerBallot = { decisionId: string; voter: string; choice: string; nonce: string };

/** The ballots of a peer: one a voter and decision, by the table's key. */
export interface BallotTable {
  /** False where the voter has voted. Durable when it returns. */
  insertOne: (ballot: PeerBallot) => Promise<boolean>;
  /** Says of each ballot what `insertOne` says, with one statement. */
  insertMany: (ballots: readonly PeerBallot[]) => Promise<boolean[]>;
}

/** One request at a time has each; more than this gained nothing on two cores. */
const connectionsMax = 20;

const createTable = `
  CREATE TABLE IF NOT EXISTS ballots (
    decision_id text NOT NULL,
    voter text NOT NULL,
    choice text NOT NULL,
    nonce text NOT NULL,
    accepted_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (decision_id, voter)
  )`;

const insertOne = {
  name: "insert-one",
  text: `INSERT INTO ballots (decision_id, voter, choice, nonce) VALUES ($1, $2, $3, $4)
    ON CONFLICT DO NOTHING`,
};

const insertMany = {
  name: "insert-many",
  text: `INSERT INTO ballots (decision_id, voter, choice, nonce)
    SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[])
    ON CONFLICT DO NOTHING
    RETURNING decision_id, voter`,
};

/** Makes the table where it is missing; answers wait for the disk (`synchronous_commit`). */
export async function openBallotTable(connectionString: string): Promise<BallotTable> {
  const options = "-c synchronous_commit=on";
  const pool = new pg.Pool({ connectionString, max: connectionsMax, options });
  await pool.query(createTable);
  return {
    insertOne: async ({ decisionId, voter, choice, nonce }) => {
      const values = [decisionId, voter, choice, nonce];
      const { rowCount } = await pool.query({ ...insertOne, values });
      return rowCount === 1;
    },
    insertMany: async (ballots) => {
      const values = [
        ballots.map(({ decisionId }) => decisionId),
        ballots.map(({ voter }) => voter),
        ballots.map(({ choice }) => choice),
        ballots.map(({ nonce }) => nonce),
      ];
      const { rows } = await pool.query<{ decision_id: string; voter: string }>({
        ...insertMany,
        values,
      });
      const inserted = new Set(rows.map((row) => keyOf(row.decision_id, row.voter)));
      // Of two ballots of one voter in a statement, one was inserted: `delete` tells of it once.
      return ballots.map(({ decisionId, voter }) => inserted.delete(keyOf(decisionId, voter)));
    },
  };
}

function keyOf(decisionId: string, voter: string): string {
  return `${decisionId} ${voter}`;
}
