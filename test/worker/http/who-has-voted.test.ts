import { afterEach, describe, expect, it } from "vitest";
import { api, send, type ReceiptBody } from "../../support/worker/api.ts";
import { guardedRoutes, publicRoutes } from "../../support/worker/access.ts";
import { releaseClock, stopClockAt } from "../../support/worker/clock.ts";
import { takeStep } from "../../support/worker/decision-calls.ts";
import { cast, draftDecision, tokenFor } from "../../support/worker/decisions.ts";
import { issueKey, issueOrganiserKey } from "../../support/worker/keys.ts";
import { report } from "../../support/worker/indistinguishability/world.ts";
import { putRoll } from "../../support/worker/rolls.ts";
import { eventually } from "../../support/worker/eventually.ts";
import { fillPath, nameOf, servedRoutes, type Route } from "../../support/worker/routes.ts";
import { labelNonce } from "../../support/label-nonce.ts";

// An attack that worked: a station's or an organiser's key asks again and again who has voted, and
// joins the moment of a change with a time that is published elsewhere.

afterEach(releaseClock);

const voters = Array.from({ length: 24 }, (_, index) => `voter-${index}`);
const roll = `voter_id,region\n${voters.map((voter, index) => `${voter},${index % 2 === 0 ? "north" : "south"}\n`).join("")}`;

/** What would end, change or record something by itself; each has a test of its own of what it tells. */
const acts = new Set([
  "POST /api/v1/decisions",
  "PATCH /api/v1/decisions/{decisionId}",
  "POST /api/v1/decisions/{decisionId}/open",
  "POST /api/v1/decisions/{decisionId}/close",
  "POST /api/v1/decisions/{decisionId}/cancel",
  "DELETE /api/v1/decisions/{decisionId}",
  "PUT /api/v1/decisions/{decisionId}/roll",
  // Alike for whoever has voted: tokens.test.ts.
  "POST /api/v1/decisions/{decisionId}/tokens",
  "POST /api/v1/decisions/{decisionId}/tokens/revoke",
  // A named exception: a refused vote tells that somebody has voted, and a taken one is cast.
  "POST /api/v1/decisions/{decisionId}/votes/batch",
]);

/** Lists over all decisions. */
const ofAllDecisions = new Set([
  "GET /api/v1/decisions",
  "GET /api/v1/regions/{region}/results",
  "GET /api/v1/search/decisions",
]);

/** Routes that a role may call and that change nothing. */
function routesOf(role: "station" | "organiser"): Route[] {
  return servedRoutes().filter((route) => {
    const name = nameOf(route);
    const isAllowed = publicRoutes.includes(name) || guardedRoutes[name]?.includes(role) === true;
    return isAllowed && !acts.has(name);
  });
}

interface Election {
  id: string;
  station: string;
  organiser: string;
  /** Whose vote is waited for; who issues tokens has one of everybody. */
  token: string;
}

/** An open election in which some have voted; the clock stands still, so no answer differs by age. */
async function openElection(terms: Record<string, unknown>): Promise<Election> {
  const owner = `owner-${crypto.randomUUID()}`;
  const { key: organiser } = await issueOrganiserKey(owner);
  const id = await draftDecision({ electorate: "roll", shards: 2, ...terms }, organiser);
  await putRoll(id, roll);
  expect((await takeStep(id, "open")).status).toBe(200);
  const token = await tokenFor(id, "voter-0", { region: "" });
  for (const voter of ["voter-1", "voter-2", "voter-3"])
    await vote(id, await tokenFor(id, voter, { region: "" }));
  const { key: station } = await issueKey("station", id);
  await report(id);
  await eventually("the decision in the index", async () => {
    const { body } = await api<object>("GET", "/api/v1/search/decisions", { afresh: true });
    return JSON.stringify(body).includes(id) ? true : null;
  });
  stopClockAt(Date.now());
  return { id, station, organiser, token };
}

async function vote(id: string, token: string): Promise<void> {
  const nonce = labelNonce(`${id} ${token}`);
  const answer = await cast<ReceiptBody>(id, token, "yes", undefined, { nonce });
  expect(answer.status, JSON.stringify(answer.body)).toBe(201);
}

/** Everything that this key is answered, by route, whole but for the names of requests. */
async function walk({ id, token }: Election, routes: readonly Route[], key: string | null) {
  const bodies: Record<string, object | string> = {
    "POST /api/v1/decisions/{decisionId}/eligibility": { voter_ids: voters },
    "POST /api/v1/decisions/{decisionId}/look-ups": { token: "t.o.k" },
    "POST /api/v1/decisions/{decisionId}/marked-register": "voter_id\nvoter-0\n",
    "POST /api/v1/rules/evaluate": { preset: "simple-majority", tally: { yes: 2, no: 1 } },
    "POST /api/v1/plan": { votes_per_second: 100 },
  };
  const sights = new Map<string, string>();
  for (const route of routes) {
    const name = nameOf(route);
    const isCsv = name.endsWith("/marked-register");
    const headers: Record<string, string> = {
      ...(isCsv ? { "content-type": "text/csv" } : {}),
      ...(name.endsWith("/socket") ? { upgrade: "websocket" } : {}),
    };
    const body = bodies[name];
    const sent = body === undefined ? {} : typeof body === "string" ? { text: body } : { body };
    const path = fillPath(route.path, id);
    const response = await send(route.method, path, { key, headers, afresh: true, ...sent });
    const text = await textOf(response);
    // Readiness moves with alarms, statistics with what is published, of all decisions: docs/secrecy.md names both.
    if (name === "GET /readyz" || name === "GET /api/v1/stats") continue;
    const shown = text.replaceAll(indexTimes, '"time":0');
    const seen = ofAllDecisions.has(name) ? onlyOf(shown, id) : shown;
    if (name === "GET /api/v1/decisions") expect(seen).toContain(id);
    sights.set(name, seen);
  }
  // Whoever issues tokens can show the voter's own, without the r of its receipt.
  if (key !== null) {
    const own = `/api/v1/decisions/${id}`;
    const r = "0".repeat(64);
    sights.set(
      "eligibility",
      await textOf(await send("GET", `${own}/eligibility`, { key: token })),
    );
    const mine = await send("POST", `${own}/votes/mine`, { key: token, body: { r } });
    sights.set("votes/mine", await textOf(mine));
  }
  return sights;
}

/** Up to when the index knows, and since when: that moves with every minute, and with all decisions. */
const indexTimes = /"(?:indexed_to|computed_at|age_ms)":(?:"[^"]*"|[0-9]+|null)/g;

/** A list with the items of one decision: others, of other tests, are written down meanwhile. */
function onlyOf(text: string, id: string): string {
  const begin = text.indexOf("\n");
  const { items } = JSON.parse(text.slice(begin)) as { items: object[] };
  const own = items.filter((item) => JSON.stringify(item).includes(id));
  return text.slice(0, begin) + JSON.stringify(own);
}

/** Status, headers and body; of a stream its first event, of a socket what comes first. */
async function textOf(response: Response): Promise<string> {
  // A bookmark is drawn anew each time; whether there is one, and its length, may tell nothing.
  const headers = JSON.stringify([...response.headers]).replace(
    /"read-bookmark","[\w-]{251}"/,
    '"read-bookmark","<bookmark>"',
  );
  const head = `${response.status} ${headers}\n`;
  const socket = response.webSocket;
  if (socket !== null) {
    const first = new Promise<string>((resolve) => {
      socket.addEventListener("message", ({ data }) => resolve(String(data)), { once: true });
    });
    socket.accept();
    const said = await first;
    socket.close();
    return head + said;
  }
  if (response.headers.get("content-type")?.startsWith("text/event-stream") !== true)
    return head + (await response.text());
  if (response.body === null) throw new Error("a stream has a body");
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  while (!text.includes("\n\n")) {
    const { value, done } = await reader.read();
    if (done) break;
    text += value;
  }
  await reader.cancel();
  return head + text;
}

function differing(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>) {
  return [...before].filter(([name, text]) => after.get(name) !== text).map(([name]) => name);
}

/** Which routes answer otherwise once one more voter has voted. */
async function changesOf(terms: Record<string, unknown>) {
  const election = await openElection(terms);
  const { station, organiser } = election;
  const look = async () => ({
    public: await walk(election, routesOf("station"), null),
    station: await walk(election, routesOf("station"), station),
    organiser: await walk(election, routesOf("organiser"), organiser),
  });
  const before = await look();
  await vote(election.id, election.token);
  await report(election.id);
  const after = await look();
  return {
    public: differing(before.public, after.public),
    station: differing(before.station, after.station),
    organiser: differing(before.organiser, after.organiser),
  };
}

const nothing = { public: [], station: [], organiser: [] };

describe("the answers to a station's and an organiser's key before and after a voter's vote", () => {
  it.each(
    ["pseudonymous", "aggregate"].flatMap((disclosure) =>
      ["live", "turnout", "sealed"].map((visibility) => ({ disclosure, visibility })),
    ),
  )("are the same bytes on every route, $disclosure and $visibility", async (terms) => {
    expect(await changesOf(terms)).toEqual(nothing);
  });

  it("are the same bytes on every route in a roll call that is sealed", async () => {
    expect(await changesOf({ disclosure: "roll_call", visibility: "sealed" })).toEqual(nothing);
  });

  it.each(["live", "turnout"])(
    "differ in a roll call that is %s where anybody's do, and nowhere else",
    async (visibility) => {
      const changes = await changesOf({ disclosure: "roll_call", visibility });
      expect(changes.public).toContain("GET /api/v1/decisions/{decisionId}/results");
      for (const role of ["station", "organiser"] as const)
        for (const name of changes[role]) expect(changes.public).toContain(name);
    },
  );

  it("are so at a look-up with another voter's token, which is counted whatever it finds", async () => {
    const { id, station, token } = await openElection({ disclosure: "pseudonymous" });
    const other = await tokenFor(id, "voter-9", { region: "" });
    const path = `/api/v1/decisions/${id}/look-ups`;
    const ask = () => api("POST", path, { key: station, body: { token: other } });
    const before = await ask();
    await vote(id, token);
    expect((await ask()).body).toEqual(before.body);
    const { body } = await api("GET", `/api/v1/decisions/${id}/events`);
    expect(body).toMatchObject({ look_ups: 2 });
  });
});
