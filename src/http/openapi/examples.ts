const slug = "mangrove-restoration-2027";
const id = `${slug}-5d3a8c07e19f`;
const decision = "/api/v1/decisions/{decisionId}";
const time = "2027-03-01T12:00:00.000Z";
const hash = "a2a79ab7e319a87f003cb0ef13869b1d9d0ffe9a12db9c91a5529ba11964d68b";

const nonce = "5f0c1b6f4f7a63a94f2ab3f6f0f9c1d2a7be8d3c4e5f60718293a4b5c6d7e8f9";
const receipt = {
  decision_id: id,
  ballot_hash: hash,
  r: "0e9d8c7b6a594837261504f3e2d1c0bfae9d8c7b6a594837261504f3e2d1c0bf",
  u: "b1a2938475665748392a1b0c0d1e2f30415263748596a7b8c9daebfc0d1e2f30",
  c: "c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2",
  key_id: "k1",
  signature:
    "5d8G2kq1cR0s7mJvQy3Wx9Zb4Lh6Nf8Tt1Pp2Aa3Ss4Dd5Ff6Gg7Hh8Jj9Kk0Ll1Zz2Xx3Cc4Vv5Bb6Nn7M8A",
};
const draft = {
  slug,
  title: "Restore the delta's mangroves",
  regions: [{ code: "upper", name: "Upper basin" }, { code: "lower" }],
  electorate: "roll",
  closes_at: "2027-03-08T12:00:00Z",
};
const key = {
  id: "0123456789abcdef",
  role: "organiser",
  label: "River Keepers, 2027",
  decision_id: null,
  owner: "river-keepers",
  created_at: time,
};
const stationKey = { ...key, role: "station", label: "Town hall", decision_id: id };
const entry = {
  seq: 1,
  at: time,
  actor: { role: "organiser", key_id: key.id, owner: key.owner, session: null },
  action: "decision.created",
  facts: { owner: key.owner },
  digest: hash,
  hash,
};
const entries = { entries: [entry], head: { seq: 1, hash }, next: null };
const session = {
  id: "fedcba9876543210",
  role: "organiser",
  owner: key.owner,
  label: key.label,
  decision_id: null,
  expires_at: time,
  signed_in_with: "key",
};
const token = "eyJhbGciOiJIUzI1NiIsImtpZCI6ImsxIn0.eyJzdWIiOiJxN1lrIn0.c2lnbmF0dXJl";

/** An example of what each route takes and answers. A test holds them against the schemas. */
export const examples: Readonly<Record<string, { body?: object; answer?: object }>> = {
  "POST /api/v1/voting/cast-vote": {
    body: { decision_id: id, vote: "yes", nonce },
    answer: receipt,
  },
  [`POST ${decision}/votes/batch`]: {
    body: { votes: [{ voter_id: "member-17", vote: "yes", region: "upper", nonce }] },
    answer: {
      accepted: 1,
      repeated: 0,
      refused: 0,
      results: [{ status: "accepted", receipt }],
    },
  },
  [`POST ${decision}/votes/mine`]: { body: { r: receipt.r }, answer: { counted: true } },
  [`POST ${decision}/tokens`]: {
    body: { voters: [{ voter_id: "member-17" }], expires_in_seconds: 86_400 },
    answer: { tokens: [{ voter_id: "member-17", token }] },
  },
  [`POST ${decision}/tokens/revoke`]: {
    body: { voter_ids: ["member-17"] },
    answer: { revoked: 1 },
  },
  [`POST ${decision}/tokens/exchange`]: {
    body: { secret: "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk" },
    answer: { token, expires_at: time },
  },
  "POST /api/v1/decisions": { body: draft },
  [`PATCH ${decision}`]: { body: { title: "Restore all mangroves of the delta" } },
  [`PUT ${decision}/map`]: {
    body: {
      type: "FeatureCollection",
      features: [
        {
          type: "Feature",
          id: "upper",
          properties: null,
          geometry: {
            type: "Polygon",
            coordinates: [
              [
                [8, 47],
                [9, 47],
                [9, 48],
                [8, 47],
              ],
            ],
          },
        },
      ],
    },
    answer: {
      decision_id: id,
      hash,
      bytes: 412,
      positions: 4,
      islands_left_out: 0,
      missing_regions: ["lower"],
      unknown_regions: [],
    },
  },
  [`GET ${decision}/eligibility`]: {
    answer: {
      decision_id: id,
      electorate: "roll",
      eligible: true,
      region: "upper",
      weight: 1,
    },
  },
  [`POST ${decision}/eligibility`]: { body: { voter_ids: ["member-17", "member-18"] } },
  [`POST ${decision}/look-ups`]: {
    body: { token },
    answer: { eligible: true, region: "upper", weight: 1, has_voted: false },
  },
  [`POST ${decision}/station-keys`]: {
    body: { label: "Town hall" },
    answer: { ...stationKey, key: `eg_${key.id}_${"0".repeat(64)}_${"0".repeat(16)}` },
  },
  [`GET ${decision}/station-keys`]: { answer: { items: [stationKey] } },
  [`GET ${decision}/audit-log`]: { answer: entries },
  "GET /api/v1/audit-log": { answer: entries },
  "GET /api/v1/uncertified-decisions": {
    answer: { items: [{ decision_id: id, since: time }], next: null },
  },
  [`GET ${decision}/certification`]: {
    answer: {
      decision_id: id,
      status: "closed",
      certified_at: null,
      since: time,
      waits_for: [{ cause: "ballots", shards: [3] }],
      row_check: null,
    },
  },
  "GET /api/v1/service": {
    answer: {
      ready: false,
      looked_at: time,
      release: "0.1.0",
      causes: [{ code: "vote_log.ballots_wait", detail: null }],
      database: { kind: "d1", used_percent: 3, bytes_max: 10_000_000_000, dead_letters: 0 },
      vote_log: { kind: "queue", lag_ballots: 1_000, oldest_minutes: 4 },
      certification: { waiting: 0, oldest_minutes: null },
      cache: "off",
      search: { kind: "embedded", indexed_to: time },
    },
  },
  "GET /api/v1/audit/decisions": { answer: { items: [id], next: null } },
  [`GET ${decision}/votes`]: {
    answer: {
      page: 1,
      pages: 1,
      next: null,
      first: 1,
      size: 1,
      items: [
        { ballot_hash: hash, choice: "yes", k: hash, c: hash, region: "upper", weight: 1, u: hash },
      ],
    },
  },
  "POST /api/v1/api-keys": {
    body: { role: "organiser", label: key.label, owner: key.owner },
    answer: { ...key, key: `eg_${key.id}_${"0".repeat(64)}_${"0".repeat(16)}` },
  },
  "GET /api/v1/session": {
    answer: { session, providers: [{ id: "council", name: "The council's login" }] },
  },
  "POST /api/v1/session": {
    body: { key: `eg_${key.id}_${"0".repeat(64)}_${"0".repeat(16)}` },
    answer: { session },
  },
  "GET /api/v1/api-keys": { answer: { items: [key] } },
};
