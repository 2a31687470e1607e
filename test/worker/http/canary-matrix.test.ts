import { runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, describe, expect, it, vi } from "vitest";
import { memoryCache } from "../../../src/cache/memory.ts";
import { disclosures, type Disclosure } from "../../../src/decision/decision.ts";
import { shardOf } from "../../../src/decision/shard-map.ts";
import { allowLogged } from "../../support/error-lines.ts";
import { labelNonce } from "../../support/label-nonce.ts";
import { api } from "../../support/worker/api.ts";
import { releaseClock } from "../../support/worker/clock.ts";
import { shardStub } from "../../support/worker/objects.ts";
import {
  castSeeded,
  closeSeeded,
  openSeededElection,
  pidsOf,
  seededId,
  seededVotes,
  type Seen,
  type SeededElection,
} from "../../support/worker/swapped-votes/seeded-election.ts";
import { walkRoutes } from "../../support/worker/swapped-votes/walk-routes.ts";
import { drainNow } from "../../support/worker/whole-life.ts";

// Where the values that belong to a voter may stand, of all places where anything stands: log
// lines, what goes into the vote log and its dead letters, every table, the cache, and every answer
// to every role, streams and sockets among them. What the list below does not allow is forbidden,
// and what it allows and is never seen is an error too: the values are sought in the right form.

afterEach(() => {
  vi.restoreAllMocks();
  releaseClock();
});

/** Votes as one whom a station brings, and in a roll call with a name and a statement. */
const stationVoter = "voter-27";
const notes = { name: "Canary Name", statement: "the canary states its reason" };
const seed = 3;

/** Where a text stood. */
interface Placed {
  sink: string;
  text: string;
}

/** Watcher and route of an answer. */
function sinkOf({ asked }: Seen): string {
  const [watcher = "", rest = ""] = asked.includes(": ") ? asked.split(": ") : ["", asked];
  const [path = ""] = rest.split("?");
  const route = path.split(" {")[0]?.trim() ?? "";
  const named = route.replace("/api/v1", "").replace(seededId, "{id}");
  return watcher === "" ? `told: ${named.replace(/ \d+$/, "")}` : `${watcher}: ${named}`;
}

/** Every row of the database. */
async function tableTexts(): Promise<Placed[]> {
  const { results } = await env.DB.prepare(
    "SELECT name FROM sqlite_master WHERE type = 'table' AND substr(name, 1, 1) <> '_'",
  ).all<{ name: string }>();
  const texts: Placed[] = [];
  for (const { name } of results) {
    const rows = await env.DB.prepare(`SELECT * FROM "${name}"`).all();
    texts.push({ sink: `table ${name}`, text: JSON.stringify(rows.results) });
  }
  return texts;
}

/** Every row of the shards: what is kept of a ballot at all. */
async function recordTexts({ id, shards }: SeededElection): Promise<Placed[]> {
  const texts: Placed[] = [];
  for (let shard = 0; shard < shards; shard += 1) {
    const rows = await runInDurableObject(shardStub(id, shard), (_, { storage }) => {
      const tables = storage.sql
        .exec<{ name: string }>("SELECT name FROM sqlite_master WHERE type = 'table'")
        .toArray()
        .filter(({ name }) => !name.startsWith("_"));
      return tables.map(({ name }) => storage.sql.exec(`SELECT * FROM "${name}"`).toArray());
    });
    texts.push({ sink: "the record", text: JSON.stringify(rows, bytesAsHex) });
  }
  return texts;
}

function bytesAsHex(_: string, value: unknown): unknown {
  return value instanceof ArrayBuffer ? Buffer.from(value).toString("hex") : value;
}

function hearLog(texts: Placed[]): void {
  for (const method of ["debug", "error", "info", "log", "trace", "warn"] as const)
    vi.spyOn(console, method).mockImplementation((...parts: unknown[]) => {
      texts.push({ sink: "log lines", text: parts.map(String).join(" ") });
    });
}

function hearQueues(texts: Placed[]): void {
  const queue = Object.getPrototypeOf(env.VOTE_LOG) as Queue<string>;
  vi.spyOn(queue, "sendBatch").mockImplementation((messages) => {
    for (const { body } of messages)
      texts.push({ sink: body.includes("canary refuses") ? "dead letters" : "topic", text: body });
    return Promise.resolve(undefined as never);
  });
}

/** Has each shard send all of its ballots, and report: at the seeded time no alarm comes by itself. */
async function publishAll({ id, shards }: SeededElection): Promise<void> {
  for (let shard = 0; shard < shards; shard += 1) {
    const stub = shardStub(id, shard);
    await runInDurableObject(stub, (object) => object.republishAll());
    expect(await runDurableObjectAlarm(stub)).toBe(true);
  }
}

/** Empties the database and has it refuse what it is given: every ballot becomes a dead letter. */
async function refuseAll(election: SeededElection): Promise<void> {
  const { results } = await env.DB.prepare(
    "SELECT m.name FROM sqlite_master m JOIN pragma_table_info(m.name) c ON c.name = 'decision_id' WHERE m.type = 'table' AND substr(m.name, 1, 1) <> '_'",
  ).all<{ name: string }>();
  for (const { name } of results) await env.DB.prepare(`DELETE FROM "${name}"`).run();
  await env.DB.prepare(
    `CREATE TRIGGER refuse BEFORE INSERT ON votes
     BEGIN SELECT RAISE(ABORT, 'CHECK constraint failed: canary refuses'); END`,
  ).run();
  await drainNow(election);
  await env.DB.prepare("DROP TRIGGER refuse").run();
}

/** One who votes once, by token, and lives in the shard that the walk asks for. */
async function canaryVoterOf(election: SeededElection): Promise<string> {
  const names = ["voter-4", "voter-6", "voter-8", "voter-9", "voter-10", "voter-11"];
  const pids = await pidsOf(election, names);
  const at = pids.findIndex((pid) => shardOf(pid, election.shards) === 0);
  expect(at).not.toBe(-1);
  return names[at] ?? "";
}

/** Bytes as digits, upper or lower case, and as base64url; of base64 what both have in common. */
function inAnyForm(hex: string): RegExp {
  expect(hex).toMatch(/^[0-9a-f]{64}$/);
  const base64: string[] = Buffer.from(hex, "hex").toString("base64url").split(/[-_]/);
  const longest = base64.toSorted((a, b) => b.length - a.length)[0] ?? "";
  return new RegExp(`${hex}|${hex.toUpperCase()}|${longest}`);
}

/** The values that are sought. */
async function canariesOf(
  election: SeededElection,
  canaryVoter: string,
): Promise<[string, RegExp | string][]> {
  const [pid = ""] = await pidsOf(election, [canaryVoter]);
  return [
    ["voter_id", new RegExp(`${canaryVoter}(?!\\d)`)],
    ["token", election.tokens.get(canaryVoter) ?? ""],
    ["pid", pid],
    ["name", notes.name],
    ["statement", notes.statement],
    ["nonce", inAnyForm(labelNonce(`${seed} ${canaryVoter} 0`))],
    ["r", inAnyForm(election.receipts.get(canaryVoter)?.r ?? "")],
  ];
}

/** A whole life, in which everything that is written anywhere is kept. */
async function liveThrough(disclosure: Disclosure): Promise<[SeededElection, Placed[]]> {
  const texts: Placed[] = [];
  const cache = memoryCache(() => Date.now());
  const heard: typeof cache = {
    ...cache,
    keep: (id, entry) => {
      texts.push({ sink: "cache", text: JSON.stringify(entry) });
      return cache.keep(id, entry);
    },
  };
  const chosen = { cache: heard, fault: null, state: () => Promise.resolve("ok" as const) };
  const election = await openSeededElection(
    seed,
    { disclosure, visibility: "live", shards: 2 },
    chosen,
  );
  hearLog(texts);
  hearQueues(texts);
  await castSeeded(election, seededVotes(seed));
  const note = disclosure === "roll_call" ? notes : {};
  const item = { voter_id: stationVoter, vote: "yes", nonce: labelNonce("station"), ...note };
  const station = election.watchers.get("station") ?? "";
  const path = `/api/v1/decisions/${election.id}/votes/batch`;
  await api("POST", path, { key: station, body: { votes: [item] }, afresh: true });
  await publishAll(election);
  await drainNow(election);
  const seen = await walkRoutes(election);
  const certify = await closeSeeded(election);
  await certify();
  seen.push(...(await walkRoutes(election)));
  texts.push(...(await recordTexts(election)), ...(await tableTexts()));
  await refuseAll(election);
  for (const one of [...election.seen, ...seen])
    texts.push({ sink: sinkOf(one), text: one.answer });
  return [election, texts];
}

/** Roles as they look at what is public. */
const everybody = ["public", "voter who has voted", "station", "organiser", "auditor"];
const of = (watchers: readonly string[], route: string): string[] =>
  watchers.map((watcher) => `${watcher}: ${route}`);

/** What may stand where, in every decision. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  // Whoever names a voter is answered with the name.
  voter_id: [
    "told: POST /decisions/{id}/tokens",
    ...of(["organiser", "admin"], "POST /decisions/{id}/tokens"),
    ...of(["organiser", "admin", "station"], "POST /decisions/{id}/eligibility"),
    ...of(["organiser", "auditor", "admin"], "POST /decisions/{id}/marked-register"),
  ],
  token: ["told: POST /decisions/{id}/tokens"],
  pid: [
    "the record",
    "topic",
    "dead letters",
    "table votes",
    ...of(["auditor", "admin"], "GET /decisions/{id}/audit/shards/0/roll"),
  ],
  nonce: ["the record"],
  // Nobody but its voter is told it.
  r: ["told: the voter casts"],
};

/** What may stand where in roll calls besides. */
const allowedInRollCalls: typeof allowed = {
  pid: [
    ...of(everybody, "GET /decisions/{id}/votes/received"),
    ...of(["auditor", "admin"], "GET /decisions/{id}/audit/shards/0/ballots"),
    ...of(["auditor", "admin"], "GET /decisions/{id}/audit/database/0/ballots"),
  ],
  name: [
    "the record",
    ...of(everybody, "GET /decisions/{id}/votes"),
    ...of(everybody, "GET /decisions/{id}/export"),
  ],
  statement: [
    "the record",
    ...of(everybody, "GET /decisions/{id}/votes"),
    ...of(everybody, "GET /decisions/{id}/export"),
  ],
};

function cellsOf(lists: readonly (typeof allowed)[]): string[] {
  return lists
    .flatMap((list) => Object.entries(list))
    .flatMap(([canary, sinks]) => sinks.map((sink) => `${canary} in ${sink}`))
    .toSorted();
}

describe("voter_id, token, pid, name, statement, nonce and r", () => {
  it.each(disclosures)("stand where they may and nowhere else in a %s decision", async (kind) => {
    allowLogged("writer.dead_letter", { decision: seededId });
    const [election, texts] = await liveThrough(kind);
    const voter = await canaryVoterOf(election);
    const cells = new Set<string>();
    for (const [canary, value] of await canariesOf(election, voter)) {
      expect(value, canary).not.toBe("");
      for (const { sink, text } of texts)
        if (typeof value === "string" ? text.includes(value) : value.test(text))
          cells.add(`${canary} in ${sink.replace(`told: ${voter} `, "told: the voter ")}`);
    }
    expect([...cells].toSorted()).toEqual(
      cellsOf(kind === "roll_call" ? [allowed, allowedInRollCalls] : [allowed]),
    );
    // What nothing was written to would hold no canary either.
    const sinks = new Set(texts.map(({ sink }) => sink));
    for (const sink of ["log lines", "topic", "dead letters", "cache", "the record", "table votes"])
      expect(sinks).toContain(sink);
  });
});
