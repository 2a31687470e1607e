import { listDurableObjectIds } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { loginBodies, publicBodies } from "../../support/worker/access.ts";
import { adminKey, api } from "../../support/worker/api.ts";
import { isolateThatCounts } from "../../support/worker/counted-objects.ts";
import { openedDecision } from "../../support/worker/decisions.ts";
import { issueKey, issueOrganiserKey } from "../../support/worker/keys.ts";
import { memoryCache } from "../../../src/cache/memory.ts";
import { ownId } from "../../support/worker/own-id.ts";
import { fillPath, nameOf, servedRoutes, type Route } from "../../support/worker/routes.ts";
import { signToken } from "../../support/worker/tokens.ts";

const nonce = "5f".repeat(32);
const vote = { voter_id: "ana", vote: "yes", region: "north", nonce };
const path = "/api/v1/decisions/{decisionId}";

/** Bodies that the routes take. */
const bodies: Record<string, (decisionId: string) => object> = {
  [`PATCH ${path}`]: () => ({ title: "Another" }),
  [`POST ${path}/votes/batch`]: () => ({ votes: [vote] }),
  [`POST ${path}/votes/mine`]: () => ({ r: nonce }),
  [`POST ${path}/tokens`]: () => ({ voters: [{ voter_id: "ana" }] }),
  [`POST ${path}/tokens/revoke`]: () => ({ voter_ids: ["ana"] }),
  [`POST ${path}/eligibility`]: () => ({ voter_ids: ["ana"] }),
  [`POST ${path}/look-ups`]: () => ({ token: "a.b.c" }),
  [`POST ${path}/marked-register`]: () => ({ voter_ids: ["ana"] }),
  "POST /api/v1/voting/cast-vote": (decision_id) => ({ decision_id, vote: "yes", nonce }),
  "POST /api/v1/voting/withdraw": (decision_id) => ({ decision_id, nonce, proof: nonce }),
};

const routes = servedRoutes().filter(
  (route) => route.path.includes("{decisionId}") || nameOf(route).includes("/voting/"),
);

type Isolate = ReturnType<typeof isolateThatCounts>;

async function ask(isolate: Isolate, route: Route, decisionId: string, credential: string | null) {
  const name = nameOf(route);
  const headers = new Headers(credential === null ? {} : { authorization: `Bearer ${credential}` });
  if (route.path.endsWith("/socket")) headers.set("upgrade", "websocket");
  const init: RequestInit = { method: route.method, headers };
  if (route.path.endsWith("/roll") && route.method === "PUT") {
    headers.set("content-type", "text/csv");
    init.body = "voter_id,region\nana,north\n";
  } else if (["POST", "PATCH", "PUT"].includes(route.method)) {
    headers.set("content-type", "application/json");
    const body = bodies[name]?.(decisionId) ?? loginBodies[name] ?? publicBodies[name] ?? {};
    init.body = JSON.stringify(body);
  }
  const response = await isolate.fetch(fillPath(route.path, decisionId), init);
  return { status: response.status, text: await response.text() };
}

describe("an id that this deployment has not given out", () => {
  const never = ownId("never-created");
  const madeUp = "never-created-0123456789ab";
  const credentials = new Map<string, (decisionId: string) => Promise<string | null>>();

  beforeAll(async () => {
    const keys = [await issueKey("station"), await issueKey("auditor")];
    const [station, auditor] = keys.map(({ key }) => key);
    const organiser = (await issueOrganiserKey("river-keepers")).key;
    credentials.set("nobody", () => Promise.resolve(null));
    credentials.set("an admin", () => Promise.resolve(adminKey));
    credentials.set("an organiser", () => Promise.resolve(organiser));
    credentials.set("a station", () => Promise.resolve(station ?? ""));
    credentials.set("an auditor", () => Promise.resolve(auditor ?? ""));
    credentials.set("a voter", (decisionId) => signToken(decisionId));
    credentials.set("a voter of another decision", () => signToken("elsewhere"));
    credentials.set("a login", () => Promise.resolve("a.b.c"));
  });

  it.each(routes)("is answered on $method $path as one that was never created", async (route) => {
    const isolate = isolateThatCounts();
    for (const [who, credentialOf] of credentials) {
      isolate.reached.length = 0;
      const answer = await ask(isolate, route, madeUp, await credentialOf(madeUp));
      // A key is looked up; no object of a decision is.
      expect(
        isolate.reached.filter((name) => name !== "REGISTRY"),
        who,
      ).toEqual([]);
      expect(answer.status, who).toBeGreaterThanOrEqual(400);
      expect(answer.status, who).toBeLessThan(500);
      expect(answer, who).toEqual(await ask(isolate, route, never, await credentialOf(never)));
    }
  });

  it.each(["results", "outcome", "manifest", "", "results/stream", "events", "votes"])(
    "makes no object and no file in 50 reads of /%s",
    async (end) => {
      const isolate = isolateThatCounts();
      const count = async () => {
        const [rooms, shards] = [env.DECISION_ROOM, env.BALLOT_SHARD];
        const ids = await Promise.all([listDurableObjectIds(rooms), listDurableObjectIds(shards)]);
        return ids.flat().length;
      };
      const before = await count();
      for (let made = 0; made < 50; made += 1) {
        const response = await isolate.fetch(
          `/api/v1/decisions/made-up-${made}-${String(made).padStart(12, "0")}/${end}`.replace(
            /\/$/,
            "",
          ),
        );
        expect(response.status).toBe(404);
        expect(await response.json()).toMatchObject({ code: "decision.not_found" });
      }
      expect(isolate.reached).toEqual([]);
      expect(await count()).toBe(before);
    },
  );

  it("is refused also where the id has the mac of another, or another spelling", async () => {
    const real = await openedDecision();
    const mac = real.slice(-12);
    const isolate = isolateThatCounts();
    const ids = [`x${real}`, real.slice(1), `a-${mac}`, mac, `-${mac}`, real.slice(0, -1)];
    for (const id of [...ids, `${real}0`, real.slice(0, -13), real.toUpperCase()]) {
      const response = await isolate.fetch(`/api/v1/decisions/${id}`);
      expect([response.status, id]).toEqual([404, id]);
    }
    expect(isolate.reached).toEqual([]);
    expect((await isolate.fetch(`/api/v1/decisions/${real}`)).status).toBe(200);
    expect(isolate.reached).toEqual(["DECISION_ROOM"]);
  });

  it("is asked of no cache either", async () => {
    const asked: PropertyKey[] = [];
    const cache = new Proxy(
      memoryCache(() => Date.now()),
      {
        get(target, member) {
          asked.push(member);
          return Reflect.get(target, member) as unknown;
        },
      },
    );
    const isolate = isolateThatCounts({ cache });
    const response = await isolate.fetch(`/api/v1/decisions/${madeUp}/results`);
    expect(response.status).toBe(404);
    expect(asked).toEqual([]);
    expect((await isolate.fetch(`/api/v1/decisions/${never}/results`)).status).toBe(404);
    expect(asked).not.toEqual([]);
  });

  it("may be one that a key before this one has given out", async () => {
    const real = await openedDecision();
    const keys = env.ID_KEYS;
    const isolate = isolateThatCounts({ idKeys: `newest:${"C".repeat(43)},${keys}` });
    expect((await isolate.fetch(`/api/v1/decisions/${real}`)).status).toBe(200);
    const without = isolateThatCounts({ idKeys: `newest:${"C".repeat(43)}` });
    expect((await without.fetch(`/api/v1/decisions/${real}`)).status).toBe(404);
    expect((await api("GET", `/api/v1/decisions/${real}`)).status).toBe(200);
  });
});
