import { labelNonce } from "../../label-nonce.ts";
import { guardedRoutes } from "../access.ts";
import { expectDocumented } from "../documented.ts";
import { fillPath, nameOf, servedRoutes, type Route } from "../routes.ts";
import { indexNow } from "../search.ts";
import { recordChecked } from "../status.ts";
import { wholeText } from "../whole-text.ts";
import {
  seededSlug,
  seededVoters,
  swappedVoters,
  type Seen,
  type SeededElection,
  type Watcher,
} from "./seeded-election.ts";

/** What a role asks in a walk: of every route that is served at least one question. */
interface Question {
  query?: string;
  body?: object;
  text?: string;
}

/** Ends the decision or its rows; the walk itself takes those steps, or nobody does. */
const endingRoutes = new Set([
  "POST /api/v1/decisions/{decisionId}/close",
  "POST /api/v1/decisions/{decisionId}/cancel",
]);

/** What waits for the database, of all decisions together. */
const readinessRoutes = new Set(["GET /readyz", "GET /api/v1/service"]);

/** What the status says of all decisions together. */
const statusHead = /^\{"state":"\w+","looked_at":.*?"decisions":\[/;

/**
 * An answer without what alarms move in their own time: how far a shard's log was sent, what a
 * decision that is over still waits for, and of the status what readiness says and what waits. Of
 * what is encrypted the length is compared.
 */
function withoutProgress(text: string): string {
  if (statusHead.test(text)) {
    return text
      .replace(statusHead, '{"decisions":[')
      .replaceAll('"state":"behind"', '"state":"agrees"')
      .replaceAll(/"cause":"(?:on_the_way|next_check|publication|ballots)"/g, '"cause":null')
      .replaceAll(/"since":(?:null|"[^"]*")/g, '"since":null');
  }
  return text
    .replaceAll(/"published_seq":\d+/g, '"published_seq":0')
    .replace(/"ciphertext":"[^"]*"/, (found) => `"ciphertext":${found.length}`)
    .replace(/"waits_for":.*,"row_check":/, '"waits_for":[],"row_check":');
}

/** Reads what has an end of its own, in parts: of each more than the first. */
const moreQueries: Readonly<Record<string, readonly string[]>> = {
  "GET /api/v1/decisions/{decisionId}/results/stream": ["?since=0", "?since=3"],
  "GET /api/v1/decisions/{decisionId}/results/socket": ["?since=0", "?since=3"],
  "GET /api/v1/decisions/{decisionId}/ballot-socket": ["?results=true"],
  "GET /api/v1/decisions/{decisionId}/export": [
    "?format=csv",
    "?list=others",
    "?list=others&format=csv",
  ],
  "GET /api/v1/decisions/{decisionId}/votes": ["?page=2"],
  "GET /api/v1/search/decisions": ["?q=river&facets=true"],
};

/** The bodies that those who write send; one of every voter where they name voters. */
function bodiesOf(
  { id, receipts, tokens, watchers }: SeededElection,
  watcher: Watcher,
): Readonly<Record<string, readonly Question[]>> {
  const voterIds = seededVoters.map(({ voterId }) => voterId);
  const voters = voterIds.map((voter_id) => ({ voter_id }));
  const nonce = labelNonce(`the walk of ${watcher}`);
  const attempts = voterIds.flatMap((voter_id) =>
    ["yes", "no"].map((vote) => ({ voter_id, vote, nonce: labelNonce(`${watcher} ${voter_id}`) })),
  );
  // Only those who have voted: a first vote would count.
  const voted = attempts.filter(({ voter_id }) => receipts.has(voter_id));
  const decision = "/api/v1/decisions/{decisionId}";
  return {
    "POST /api/v1/voting/cast-vote": [{ body: { decision_id: id, vote: "yes", nonce } }],
    "POST /api/v1/voting/withdraw": [{ body: { decision_id: id, nonce } }],
    [`POST ${decision}/votes/mine`]: [{ body: { r: receipts.get("voter-0")?.r ?? nonce } }],
    [`POST ${decision}/votes/batch`]: [{ body: { votes: voted } }],
    [`POST ${decision}/tokens`]: [{ body: { voters } }],
    [`POST ${decision}/tokens/revoke`]: [{ body: { voter_ids: voterIds } }],
    [`POST ${decision}/tokens/exchange`]: [{ body: { id_token: "none" } }, {}],
    [`POST ${decision}/eligibility`]: [{ body: { voter_ids: voterIds } }],
    [`POST ${decision}/look-ups`]: [...swappedVoters.flat(), "voter-27"].map((voter) => ({
      body: { token: tokens.get(voter) ?? "" },
    })),
    [`POST ${decision}/marked-register`]: [{ text: `voter_id\n${voterIds.join("\n")}\n` }],
    [`POST ${decision}/station-keys`]: [{ body: { label: "of a walk" } }],
    [`DELETE ${decision}/station-keys/{keyId}`]: [{}],
    [`POST ${decision}/open`]: [{ body: {} }],
    [`POST ${decision}/rebuild`]: [{ body: {} }],
    [`PATCH ${decision}`]: [{ body: { title: "Another", visibility: "live" } }],
    [`DELETE ${decision}`]: [{}],
    [`PUT ${decision}/roll`]: [{ text: "voter_id,region\nnobody,north\n" }],
    [`POST ${decision}/roll/uploads`]: [{}],
    [`PUT ${decision}/roll/uploads`]: [
      { query: "?import=1&piece=0", text: "voter_id,region\nnobody,north\n" },
    ],
    [`POST ${decision}/roll/uploads/finish`]: [{ body: { import: 1, pieces: 1 } }],
    [`PUT ${decision}/map`]: [{ body: { type: "FeatureCollection", features: [] } }],
    [`DELETE ${decision}/map`]: [{}],
    "POST /api/v1/decisions": [{ body: { slug: seededSlug, title: "Another" } }],
    "POST /api/v1/rules/evaluate": [
      { body: { preset: "simple-majority", tally: { yes: 2, no: 1 } } },
    ],
    "POST /api/v1/plan": [{ body: { votes_per_second: 100 } }],
    "POST /api/v1/session": [{ body: { key: watchers.get(watcher) ?? "none" } }],
    "DELETE /api/v1/session": [{}],
    "POST /api/v1/api-keys": [{ body: { role: "auditor", label: "of a walk" } }],
    "DELETE /api/v1/api-keys/{keyId}": [{}],
    "POST /api/v1/dead-letters/{deadLetterId}/replay": [{}],
    "POST /api/v1/dead-letters/{deadLetterId}/dismiss": [{}],
    "POST /api/v1/search/reindex": [{ body: { decision_id: id } }],
    [`POST ${decision}/shards/{shard}/recovery`]: [{ body: { to: "2026-11-01T00:00:00.000Z" } }],
    "POST /api/v1/backups": [{}],
    "PUT /api/v1/backups/{backup}/objects/{object}": [{ body: { text: "{}", mac: "none" } }],
  };
}

/** Routes that are served and that the walk does not know how to ask. */
export function unaskedRoutes(election: SeededElection): string[] {
  const known = bodiesOf(election, "public");
  return servedRoutes()
    .filter(({ method }) => method !== "GET")
    .map(nameOf)
    .filter((name) => !endingRoutes.has(name) && known[name] === undefined);
}

/** Asks every route that is served, as everybody: reading first, since what is written is read by it too. */
export async function walkRoutes(election: SeededElection): Promise<Seen[]> {
  await indexNow(election.id);
  await recordChecked(election.id);
  const seen: Seen[] = [];
  const routes = servedRoutes().filter((route) => !endingRoutes.has(nameOf(route)));
  const reading = routes.filter(({ method }) => method === "GET");
  for (const route of [...reading, ...routes.filter((one) => !reading.includes(one))]) {
    for (const watcher of watchersOf(route, election)) {
      for (const question of questionsOf(route, election, watcher))
        seen.push(await ask(election, { route, watcher, question }));
    }
  }
  return seen;
}

/** All who may use a route, and two who may not; of what is public those whose keys may show more. */
function watchersOf(route: Route, { watchers }: SeededElection): readonly Watcher[] {
  const all = [...watchers.keys()];
  const roles = guardedRoutes[nameOf(route)];
  if (roles === undefined)
    return all.filter((watcher) =>
      ["public", "voter who has voted", "station", "organiser", "auditor"].includes(watcher),
    );
  const isAllowed = (watcher: Watcher): boolean =>
    roles.some((role) => (role === "voter" ? watcher.startsWith("voter") : role === watcher));
  const refused = all.filter((watcher) => !isAllowed(watcher)).slice(0, 2);
  return [...all.filter(isAllowed), ...refused];
}

function questionsOf(
  route: Route,
  election: SeededElection,
  watcher: Watcher,
): readonly Question[] {
  const name = nameOf(route);
  // A vote of the one who never votes would count.
  const isVote = name.startsWith("POST /api/v1/voting/");
  if (isVote && watcher === "voter who has not") return [];
  if (route.method !== "GET") return bodiesOf(election, watcher)[name] ?? [];
  return [{}, ...(moreQueries[name] ?? []).map((query) => ({ query }))];
}

/** What is said on a socket: whoever has voted votes again, as with the nonce of another request. */
function saidOn({ path }: Route, election: SeededElection, watcher: Watcher): string[] {
  if (path.endsWith("/station-socket")) {
    const batches = bodiesOf(election, watcher)[
      `POST ${path.replace("station-socket", "votes/batch")}`
    ];
    return (batches ?? []).map(({ body }, id) => JSON.stringify({ id, ...body }));
  }
  if (!path.endsWith("/ballot-socket") || watcher === "voter who has not") return [];
  const nonce = labelNonce(`the walk of ${watcher}`);
  return ["yes", "no"].map((vote, id) => JSON.stringify({ id, vote, nonce }));
}

interface Asked {
  route: Route;
  watcher: Watcher;
  question: Question;
}

async function ask(
  election: SeededElection,
  { route, watcher, question: { query = "", body, text } }: Asked,
): Promise<Seen> {
  const { id, watchers, app } = election;
  const path = `${fillPath(route.path, id)}${query}`;
  if (path.includes("{")) throw new Error(`nothing fills ${path}`);
  const key = watchers.get(watcher) ?? null;
  const sent = text ?? (body === undefined ? null : JSON.stringify(body));
  const headers = {
    ...(key === null ? {} : { authorization: `Bearer ${key}` }),
    ...(route.path.endsWith("socket") ? { upgrade: "websocket" } : {}),
    ...(sent === null
      ? {}
      : { "content-type": text === undefined ? "application/json" : "text/csv" }),
  };
  const { method } = route;
  const request = new Request(`https://enviro.example${path}`, {
    method,
    headers,
    body: sent,
    redirect: "manual",
  });
  const response = await app.fetch(request);
  await expectDocumented(request, response);
  const head = [...response.headers].map(([name, value]) => `${name}: ${value}`).join("\n");
  const shown = withoutProgress(await wholeText(response, saidOn(route, election, watcher)));
  const asked = `${watcher}: ${route.method} ${path} ${JSON.stringify(body) ?? ""}`;
  // What waits for the database, of all decisions, moves with alarms too: docs/secrecy.md names it.
  const isReadiness = readinessRoutes.has(nameOf(route));
  const answer = isReadiness ? "<readiness>" : `${response.status}\n${head}\n\n${shown}`;
  const isAnswered = isReadiness || response.status < 400;
  return isAnswered ? { asked, answer, answered: nameOf(route) } : { asked, answer };
}
