import { env } from "cloudflare:workers";
import { labelNonce } from "../../label-nonce.ts";
import { send } from "../api.ts";
import { indexNow } from "../search.ts";
import { releaseClock, stopClockAt } from "../clock.ts";
import { fillPath, nameOf, servedRoutes, type Route } from "../routes.ts";
import { recordChecked } from "../status.ts";
import { wholeText } from "../whole-text.ts";
import { blankOut } from "./blank-out.ts";
import { voters, type World } from "./world.ts";

/** What somebody saw: who asked what, and all of the answer but what must differ between any two decisions. */
export type Sight = { asked: string; status: number; headers: string[]; body: string };

/** What a role may do to a decision that ends it, and so shows what is shown then. */
const endings = new Set([
  "POST /api/v1/decisions/{decisionId}/close",
  "POST /api/v1/decisions/{decisionId}/cancel",
]);

/** Asks for everything that there is, as everybody: every route of the router, so that a new one is walked as soon as it is served. */
export async function observe(world: World): Promise<Sight[]> {
  await indexNow(world.id);
  await recordChecked(world.id);
  const [reading, writing] = [true, false].map((isRead) =>
    servedRoutes().filter(({ method }) => (method === "GET") === isRead),
  );
  // Guesses are answered with what an isolate shares for a second: the reading before has made that the newest, what is written would not be.
  return [
    ...(await askAll(world, reading ?? [])),
    ...(await guess(world)),
    ...(await askAll(world, writing ?? [])),
  ];
}

async function askAll(world: World, routes: readonly Route[]): Promise<Sight[]> {
  const sights: Sight[] = [];
  for (const route of routes) {
    for (const [role, key] of world.keys) {
      if (endings.has(nameOf(route)) && role === "admin") continue;
      // Who casts is told whether that vote counts, and so has voted from then on: this voter only asks.
      if (role === "voter of the crowd" && route.method !== "GET") continue;
      sights.push(await look(world, route, role, key));
      if (route.method === "GET")
        sights.push(await look(world, { ...route, method: "HEAD" }, role, key));
    }
  }
  return sights;
}

/**
 * Versions are cursors and ETags: guessing them must not tell which one is right. The clock stands still, since how often one who shows a newer
 * version is given a look of its own goes by time.
 */
async function guess(world: World): Promise<Sight[]> {
  stopClockAt(Date.now());
  const sights: Sight[] = [];
  const results: Route = { method: "GET", path: "/api/v1/decisions/{decisionId}/results" };
  for (let version = 0; version < 32; version += 1) {
    const headers = { "if-none-match": `W/"${version}"` };
    sights.push(await look(world, results, `whoever knows ${version}`, null, { headers }));
    const query = `?since=${version}`;
    const socket = { ...results, path: `${results.path}/socket` };
    sights.push(await look(world, socket, `whoever follows ${version}`, null, { query }));
  }
  // Who votes over a socket may be told results by it.
  const ballots: Route = { method: "GET", path: "/api/v1/decisions/{decisionId}/ballot-socket" };
  for (const [role, key] of world.keys)
    sights.push(await look(world, ballots, role, key, { query: "?results=true" }));
  releaseClock();
  return sights;
}

/** The rows that lists are read from. */
export async function observeRows({ id }: World): Promise<string> {
  const decision = await env.DB.prepare("SELECT * FROM decisions WHERE id = ?").bind(id).all();
  const regional = await env.DB.prepare("SELECT * FROM regional_results WHERE decision_id = ?")
    .bind(id)
    .all();
  const listed = await env.DB.prepare("SELECT * FROM listed_results WHERE decision_id = ?")
    .bind(id)
    .all();
  return blankOut(JSON.stringify([decision.results, regional.results, listed.results]), id);
}

async function look(
  { id, afresh = false }: World,
  route: Route,
  role: string,
  key: string | null,
  more: { headers?: Record<string, string>; query?: string } = {},
): Promise<Sight> {
  const asked = `${role}: ${nameOf(route)}${more.query ?? ""}`;
  const isSocket = route.path.endsWith("socket");
  const headers = {
    "idempotency-key": `${asked}, not the voter's own`,
    ...(isSocket ? { upgrade: "websocket" } : {}),
    ...more.headers,
  };
  const hasBody = ["POST", "PATCH", "PUT"].includes(route.method);
  const body = hasBody ? { body: bodyOf(nameOf(route), id) } : {};
  const path = `${fillPath(route.path, id)}${more.query ?? ""}`;
  const response = await send(route.method, path, { key, headers, ...body, afresh });
  const seen = [...response.headers].map(([name, value]) => `${name}: ${value}`);
  return {
    asked,
    status: response.status,
    headers: seen.map((line) => blankOut(line, id)),
    body: blankOut(await wholeText(response, saidOn(route, role)), id),
  };
}

/** What is said on a socket: the voter who has voted votes again. Any other's vote would count. */
function saidOn({ path }: Route, role: string): string[] {
  const vote = { vote: "yes", nonce: labelNonce("not the voter's own") };
  if (path.endsWith("/ballot-socket") && role === "voter")
    return [JSON.stringify({ id: 1, ...vote })];
  if (path.endsWith("/station-socket"))
    return [JSON.stringify({ id: 1, votes: [{ voter_id: "ana", ...vote }] })];
  return [];
}

function bodyOf(name: string, id: string): object {
  const bodies: Record<string, object> = {
    "POST /api/v1/voting/cast-vote": { decision_id: id, vote: "yes" },
    "POST /api/v1/decisions/{decisionId}/votes/batch": {
      votes: [{ voter_id: "ana", vote: "yes" }],
    },
    "POST /api/v1/decisions/{decisionId}/look-ups": { token: "t.o.k" },
    "POST /api/v1/decisions/{decisionId}/votes/mine": { r: "0".repeat(64) },
    "POST /api/v1/decisions/{decisionId}/eligibility": { voter_ids: voters },
    "POST /api/v1/decisions/{decisionId}/tokens": { voters: [{ voter_id: "ana" }] },
    "POST /api/v1/rules/evaluate": { preset: "simple-majority", tally: { yes: 2, no: 1 } },
    "POST /api/v1/plan": { votes_per_second: 100 },
    "POST /api/v1/search/reindex": { decision_id: id },
    "POST /api/v1/decisions/{decisionId}/shards/{shard}/recovery": {
      to: "2026-11-01T00:00:00.000Z",
    },
    "PUT /api/v1/backups/{backup}/objects/{object}": { text: "{}", mac: "none" },
    "PATCH /api/v1/decisions/{decisionId}": { title: "Another", visibility: "live" },
  };
  return bodies[name] ?? {};
}
