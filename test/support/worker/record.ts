import { expect } from "vitest";
import { adminKey, api } from "./api.ts";

export type CountBody = { ballots: number; weight: string };
export type TallyBody = {
  yes: CountBody;
  no: CountBody;
  abstain: CountBody;
  ballots: number;
  weight: string;
};
export type RegionBody = TallyBody & { region: string };

export type BallotBody = {
  shard: number;
  seq: number;
  pid: string;
  choice: "yes" | "no" | "abstain" | "withdrawn";
  region: string;
  weight: number;
  accepted_at: string;
  /** Null where a list or an export does not show the ballot's region. */
  ballot_hash: string | null;
};

export type AuditBody = {
  room: { version: number; total: TallyBody; regions: RegionBody[] };
  shards: {
    shard: number;
    seq: number;
    sealed: boolean;
    total: TallyBody;
    regions: RegionBody[];
  }[];
  database: { shards: { shard: number; applied_seq: number; ballots: number }[] };
};

export async function auditOf(decisionId: string): Promise<AuditBody> {
  const path = `/api/v1/decisions/${decisionId}/audit`;
  const answer = await api<AuditBody>("GET", path, { key: adminKey });
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  return answer.body;
}

/** What each shard itself says that it holds: nothing cached stands in between. */
export async function shardsOf(decisionId: string): Promise<AuditBody["shards"]> {
  return (await auditOf(decisionId)).shards;
}

/** Every ballot of the record, by shard and seq, as an auditor reads it: a page at a time. */
export async function recordOf(decisionId: string, pageSize = 700): Promise<BallotBody[]> {
  const ballots: BallotBody[] = [];
  for (const { shard } of await shardsOf(decisionId)) {
    let after: number | null = 0;
    while (after !== null) {
      const path = `/api/v1/decisions/${decisionId}/audit/shards/${shard}/ballots?after_seq=${after}&limit=${pageSize}`;
      const answer: { body: RecordPage } = await api<RecordPage>("GET", path, { key: adminKey });
      ballots.push(...answer.body.ballots.map((ballot) => ({ shard, ...ballot })));
      after = answer.body.next;
    }
  }
  return ballots;
}

type RecordPage = { ballots: Omit<BallotBody, "shard">[]; next: number | null };
