import { env } from "cloudflare:workers";
import { runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { expect } from "vitest";
import type { Disclosure, Visibility } from "../../../../src/decision/decision.ts";
import { pseudonym } from "../../../../src/auth/pseudonym.ts";
import { createApp } from "../../../../src/http/app.ts";
import { chooseCache, type ChosenCache } from "../../../../src/platform/adapters/cache.ts";
import { httpDependencies } from "../../../../src/platform/http-dependencies.ts";
import { invariant } from "../../../../src/shared/invariant.ts";
import { normalizeVoterId, type NormalVoterId } from "../../../../src/voter-id/voter-id.ts";
import { labelNonce } from "../../label-nonce.ts";
import { adminKey, api, send, type ReceiptBody } from "../api.ts";
import { stopClockAt } from "../clock.ts";
import { expectDocumented } from "../documented.ts";
import { eventually } from "../eventually.ts";
import { issueKey, issueOrganiserKey } from "../keys.ts";
import { roomOf } from "../objects.ts";
import { settleLists } from "../settle-lists.ts";
import { drainNow } from "../whole-life.ts";
import { lookOnce, project } from "../indistinguishability/world.ts";
import { beginSeededPlatform, holdPublicationBack, swapPidsInOpenings } from "./seeded-platform.ts";
import { ownId } from "../own-id.ts";

/** What somebody was answered: all of it. */
export interface Seen {
  asked: string;
  answer: string;
  /** Of a walk: the route, where it answered and did not refuse. */
  answered?: string;
}

/** Who looks, each with a credential. */
export type Watcher =
  | "public"
  | "voter who has voted"
  | "voter who has not"
  | "station"
  | "organiser"
  | "another organiser"
  | "auditor"
  | "admin";

/** A decision that lives on a platform of its own, from its draft to its certificate. */
export interface SeededElection {
  id: string;
  shards: number;
  watchers: ReadonlyMap<Watcher, string | null>;
  /** What a voter's receipt said last, and with which nonce. */
  receipts: Map<string, ReceiptBody>;
  tokens: ReadonlyMap<string, string>;
  seen: Seen[];
  now: number;
  /** An isolate that nobody but these watchers asks. */
  app: ReturnType<typeof createApp>;
}

export interface SeededTerms {
  disclosure: Disclosure;
  visibility: Visibility;
  shards: number;
}

/** Somebody votes: `slot` counts the ballots of each. */
export interface SeededVote {
  voter: string;
  slot: number;
  vote: "yes" | "no" | "abstain";
  nonce: string;
}

const begin = Date.parse("2036-03-01T08:00:00Z");
export const seededSlug = "river-2027";
export const seededId = ownId(seededSlug);

/** Sixteen of the north and twelve of the south, who weigh the same; the last of them never votes. */
export const seededVoters = Array.from({ length: 28 }, (_, index) => ({
  voterId: `voter-${index}`,
  region: index < 16 ? "north" : "south",
}));

/** Of the same region, and of any shards. */
export const swappedVoters = [
  ["voter-2", "voter-3"],
  ["voter-5", "voter-7"],
  ["voter-18", "voter-19"],
  ["voter-21", "voter-22"],
] as const;

const choices = ["yes", "no", "abstain"] as const;

/** How they vote, in this order; some of them twice, the swapped ones too. */
export function seededVotes(seed: number): SeededVote[] {
  const first = seededVoters.slice(0, -1).map(({ voterId }, index): SeededVote => {
    const vote = choices[(index * 7 + seed) % 3] ?? "yes";
    return { voter: voterId, slot: 0, vote, nonce: labelNonce(`${seed} ${voterId} 0`) };
  });
  const again = first
    .filter(({ voter }) => ["voter-1", "voter-2", "voter-3", "voter-20"].includes(voter))
    .map((vote, index): SeededVote => {
      const changed = choices[(index + seed + 1) % 3] ?? "yes";
      return { ...vote, slot: 1, vote: changed, nonce: labelNonce(`${seed} ${vote.voter} 1`) };
    });
  return [...first, ...again];
}

/** The same with choices and nonces of each of these pairs swapped, ballot by ballot. */
export function swapSeededVotes(votes: readonly SeededVote[]): SeededVote[] {
  const partners = new Map<string, string>(
    swappedVoters.flatMap(([one, other]) => [
      [one, other],
      [other, one],
    ]),
  );
  const find = (voter: string, slot: number) =>
    votes.find((each) => each.voter === voter && each.slot === slot);
  return votes.map((vote) => {
    const partner = partners.get(vote.voter);
    const other = partner === undefined ? undefined : find(partner, vote.slot);
    return other === undefined ? vote : { ...vote, vote: other.vote, nonce: other.nonce };
  });
}

const draftOf = ({ disclosure, visibility, shards }: SeededTerms) => ({
  slug: seededSlug,
  title: "Protect the river",
  disclosure,
  visibility,
  shards,
  electorate: "roll",
  revote_policy: "revisable",
  stations: "first_wins",
  ends_early: "by_organiser",
  ...(disclosure === "roll_call" ? {} : { release_min: 5 }),
  regions: [{ code: "north" }, { code: "south" }],
});

/** Drafts and opens a decision on an empty platform, and issues all tokens: its owner is an organiser. */
export async function openSeededElection(
  seed: number,
  terms: SeededTerms,
  cache: ChosenCache = chooseCache(env),
): Promise<SeededElection> {
  await beginSeededPlatform(seed, begin);
  const organiser = (await issueOrganiserKey("river-keepers")).key;
  const path = `/api/v1/decisions/${seededId}`;
  const seen: Seen[] = [];
  const ask = async (method: string, route: string, body?: object): Promise<string> => {
    const response = await send(method, route, {
      key: organiser,
      afresh: true,
      ...(body ? { body } : {}),
    });
    const text = await response.text();
    expect(response.status, text).toBeLessThan(300);
    seen.push({ asked: `${method} ${route}`, answer: text });
    return text;
  };
  await ask("POST", "/api/v1/decisions", draftOf(terms));
  const roll = seededVoters.map(({ voterId, region }) => `${voterId},${region},1\n`).join("");
  const headers = { "content-type": "text/csv" };
  const text = `voter_id,region,weight\n${roll}`;
  const imported = await api("PUT", `${path}/roll`, {
    key: organiser,
    text,
    headers,
    afresh: true,
  });
  expect(imported.status, JSON.stringify(imported.body)).toBe(200);
  await ask("POST", `${path}/open`);
  const voters = seededVoters.map(({ voterId }) => ({ voter_id: voterId }));
  const issued = await ask("POST", `${path}/tokens`, { voters });
  const { tokens } = JSON.parse(issued) as { tokens: { token: string }[] };
  const byVoter = new Map(
    seededVoters.map(({ voterId }, index) => [voterId, tokens[index]?.token ?? ""]),
  );
  const watchers = new Map<Watcher, string | null>([
    ["public", null],
    ["voter who has voted", byVoter.get("voter-0") ?? ""],
    ["voter who has not", byVoter.get("voter-27") ?? ""],
    ["station", (await issueKey("station", seededId)).key],
    ["organiser", organiser],
    ["another organiser", (await issueOrganiserKey("sea-keepers")).key],
    ["auditor", (await issueKey("auditor", seededId)).key],
    ["admin", adminKey],
  ]);
  const { shards } = terms;
  const app = createApp(httpDependencies(env, cache));
  return {
    app,
    id: seededId,
    shards,
    watchers,
    receipts: new Map(),
    tokens: byVoter,
    seen,
    now: begin,
  };
}

function normalOf(voter: string): NormalVoterId {
  const normal = normalizeVoterId(voter, "case_mapped");
  invariant(typeof normal === "string", "voters of tests have plain names");
  return normal;
}

/** The pids of these voters, as the record has them. */
export async function pidsOf({ id }: SeededElection, voters: readonly string[]): Promise<string[]> {
  const key = await runInDurableObject(roomOf(id), (room) => room.voterKey());
  invariant(key !== null, "a decision that is open has its key");
  return voters.map((voter) => pseudonym(key.decisionKey, normalOf(voter)));
}

/** From here on the opening key treats each of two swapped voters as it would the other. */
export async function swapSeededOpenings(election: SeededElection): Promise<void> {
  const pids = await pidsOf(election, swappedVoters.flat());
  swapPidsInOpenings(
    swappedVoters.map((_, at) => [pids[2 * at] ?? "", pids[2 * at + 1] ?? ""] as const),
  );
}

async function castInto(
  { app, tokens }: SeededElection,
  voter: string,
  vote: object,
): Promise<string> {
  const request = new Request("https://enviro.example/api/v1/voting/cast-vote", {
    method: "POST",
    headers: {
      authorization: `Bearer ${tokens.get(voter) ?? ""}`,
      "content-type": "application/json",
    },
    body: JSON.stringify(vote),
  });
  const response = await app.fetch(request);
  await expectDocumented(request, response);
  const text = await response.text();
  expect(response.status, text).toBeLessThan(300);
  return text;
}

/**
 * Casts votes by token, one every two seconds. After each somebody looks, so that a room releases at
 * the same votes and sends one frame a vote, whatever its timer had time for.
 */
export async function castSeeded(
  election: SeededElection,
  votes: readonly SeededVote[],
): Promise<void> {
  const { id, receipts, seen } = election;
  let seenEtag: string | null = null;
  const secret = new Set<string>(swappedVoters.flat());
  for (const { voter, slot, vote, nonce } of votes) {
    election.now += 2_000;
    stopClockAt(election.now);
    const proof = receipts.get(voter)?.r;
    const body = { decision_id: id, vote, nonce, ...(proof === undefined ? {} : { proof }) };
    const answer = await castInto(election, voter, body);
    receipts.set(voter, JSON.parse(answer) as ReceiptBody);
    if (!secret.has(voter)) seen.push({ asked: `${voter} casts ${slot}`, answer });
    // Whoever reads has the room ask its shards, and release what is due.
    const shown = await election.app.fetch(
      new Request(`https://enviro.example/api/v1/decisions/${id}/results`),
    );
    const etag = shown.headers.get("etag");
    seen.push({ asked: `results after ${voter} ${slot}`, answer: await shown.text() });
    if (etag !== seenEtag) await lookOnce(id);
    seenEtag = etag;
  }
  // All of it is in the database, whatever the queue has done by now.
  await drainNow(election);
  await settleLists(id);
}

/** Closes it; its publication waits. Gives what lets it go on. */
export async function closeSeeded(election: SeededElection): Promise<() => Promise<void>> {
  const { id, watchers } = election;
  election.now += 1_000;
  stopClockAt(election.now);
  const release = holdPublicationBack();
  const key = watchers.get("organiser") ?? "";
  const answer = await api("POST", `/api/v1/decisions/${id}/close`, { key, afresh: true });
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  return async () => {
    release();
    // However long the room meant to wait since its last look.
    await eventually("the certificate", async () => {
      election.now += 3_600_000;
      stopClockAt(election.now);
      await runDurableObjectAlarm(roomOf(id));
      const { body } = await api<{ status: string }>("GET", `/api/v1/decisions/${id}`, {
        afresh: true,
      });
      return body.status === "certified" ? true : null;
    });
    await project(id);
  };
}
