import { evictDurableObject, runDurableObjectAlarm } from "cloudflare:test";
import { beforeAll, describe, expect, it } from "vitest";
import { twoSquares } from "../../support/map/squares.ts";
import { drawMap } from "../../support/worker/maps.ts";
import { adminKey, api, send } from "../../support/worker/api.ts";
import { takeStep } from "../../support/worker/decision-calls.ts";
import { draftDecision, openedDecision, tokenFor } from "../../support/worker/decisions.ts";
import { issueKey, issueOrganiserKey } from "../../support/worker/keys.ts";
import { nameOf, servedRoutes, fillPath, type Route } from "../../support/worker/routes.ts";
import { publicRoutes } from "../../support/worker/access.ts";
import { roomOf } from "../../support/worker/objects.ts";
import { theIndex } from "../../support/worker/search.ts";
import { titled } from "../../support/search/samples.ts";

const title = "A question that nobody has seen";
const unknownId = "decision-1-ffffffff";

/** Bodies that every check before the decision's own lets through. */
const bodies: Record<string, (decisionId: string) => unknown> = {
  "POST /api/v1/voting/cast-vote": (decision_id) => ({ decision_id, vote: "yes" }),
  "POST /api/v1/voting/withdraw": (decision_id) => ({ decision_id }),
  "POST /api/v1/decisions/{decisionId}/votes/batch": () => ({
    votes: [{ voter_id: "ana", vote: "yes" }],
  }),
  "POST /api/v1/decisions/{decisionId}/tokens": () => ({ voters: [{ voter_id: "ana" }] }),
  "POST /api/v1/decisions/{decisionId}/eligibility": () => ({ voter_ids: ["ana"] }),
  "PATCH /api/v1/decisions/{decisionId}": () => ({ title: "Another" }),
};
const isUpload = ({ method, path }: Route) => method === "PUT" && path.includes("/roll");

/** Every route that a decision's id can be sent to. */
const routes = servedRoutes().filter(
  (route) => route.path.includes("{decisionId}") || nameOf(route) in bodies,
);

/** All that an answer tells: nothing but the asked id itself is taken out of it. */
async function askedWith(route: Route, decisionId: string, key: string | null) {
  const body = bodies[nameOf(route)]?.(decisionId);
  const upload = isUpload(route) ? { text: "voter_id\nana\n" } : {};
  const headers = {
    ...(isUpload(route) && { "content-type": "text/csv" }),
    ...(route.path.endsWith("/socket") && { upgrade: "websocket" }),
  };
  const response = await send(route.method, fillPath(route.path, decisionId), {
    key,
    headers,
    ...(body === undefined ? {} : { body }),
    ...upload,
  });
  return {
    status: response.status,
    headers: [...response.headers],
    text: (await response.text()).replaceAll(decisionId, "{id}"),
  };
}

describe("a decision that was never opened", () => {
  const ids = new Map<string, string>();
  const strangers = new Map<string, string | null>();
  let ownerKey = "";

  beforeAll(async () => {
    ownerKey = (await issueOrganiserKey("private-owner")).key;
    const regions = [{ code: "north" }];
    const login = { issuer: "https://login.example" };
    const draft = await draftDecision({ title, regions, login }, ownerKey);
    ids.set("draft", draft);
    await drawMap(draft, twoSquares);
    ids.set("draft with a roll", await draftDecision({ title, electorate: "roll" }, ownerKey));
    ids.set("sealed draft", await draftDecision({ title, visibility: "sealed" }, ownerKey));
    const cancelled = await draftDecision({ title, regions }, ownerKey);
    await takeStep(cancelled, "cancel");
    ids.set("cancelled draft", cancelled);
    // A room that begins anew writes what it may have missed to the lists.
    for (const id of ids.values()) {
      await evictDurableObject(roomOf(id));
      await runDurableObjectAlarm(roomOf(id));
    }
    const other = await openedDecision();
    strangers.set("nobody", null);
    strangers.set("a voter of another decision", await tokenFor(other, "ana"));
    strangers.set("another organiser", (await issueOrganiserKey("private-other")).key);
    strangers.set("a station", (await issueKey("station")).key);
    strangers.set("an auditor", (await issueKey("auditor")).key);
    strangers.set(
      "a key that nobody issued",
      `eg_${"0".repeat(16)}_${"0".repeat(64)}_${"0".repeat(16)}`,
    );
  });

  it.each(
    ["draft", "draft with a roll", "sealed draft", "cancelled draft"].flatMap((kind) =>
      [
        "nobody",
        "a voter of another decision",
        "another organiser",
        "a station",
        "an auditor",
        "a key that nobody issued",
      ].map((who) => ({ kind, who })),
    ),
  )("is to $who what there is not, on every route: a $kind", async ({ kind, who }) => {
    const [id, key] = [ids.get(kind) ?? "", strangers.get(who) ?? null];
    expect(routes.length).toBeGreaterThan(20);
    for (const route of routes) {
      const asked = await askedWith(route, id, key);
      const unknown = await askedWith(route, unknownId, key);
      expect([nameOf(route), asked]).toEqual([nameOf(route), unknown]);
      expect(asked.status, nameOf(route)).toBeGreaterThanOrEqual(400);
    }
  });

  it.each(["/api/v1/decisions", "/api/v1/regions/north/results"])(
    "is in no list of strangers: %s",
    async (path) => {
      const statuses = path.endsWith("decisions")
        ? ["", "?status=draft", "?status=cancelled"]
        : [""];
      for (const [, key] of strangers) {
        for (const query of statuses)
          expect(await allOf(`${path}${query}`, key)).not.toContain(title);
      }
    },
  );

  it("is found by no search, whatever the index has and whoever asks", async () => {
    await theIndex().indexDecisions([...ids.values()].map((id) => titled(id, title)));
    const path = `/api/v1/search/decisions?q=${encodeURIComponent(title)}`;
    for (const key of [...strangers.values(), ownerKey, adminKey]) {
      const shown = await allOf(path, key);
      for (const id of ids.values()) expect(shown).not.toContain(id);
    }
  });

  it("is in its owner's lists and in those of admins", async () => {
    for (const key of [ownerKey, adminKey]) {
      const drafts = await allOf("/api/v1/decisions?status=draft", key);
      expect(drafts).toContain(`"${ids.get("draft")}"`);
      expect(drafts).not.toContain(`"${ids.get("cancelled draft")}"`);
      const all = await allOf("/api/v1/decisions", key);
      for (const id of ids.values()) expect(all).toContain(`"${id}"`);
    }
  });

  it.each(routes.filter((route) => publicRoutes.includes(nameOf(route))))(
    "is there for its owner and for admins: $method $path",
    async (route) => {
      for (const key of [ownerKey, adminKey]) {
        const path = fillPath(route.path, ids.get("draft") ?? "");
        const response = await send(route.method, path, { key });
        // One of them is a stream without an end.
        await response.body?.cancel();
        expect([200, 409, 426]).toContain(response.status);
      }
    },
  );

  it("is everybody's from its opening on, with what it was cancelled after", async () => {
    const id = await draftDecision({ title: "Asked", opens_at: "2099-01-01T00:00:00Z" }, ownerKey);
    const path = `/api/v1/decisions/${id}`;
    expect((await api("GET", path)).status).toBe(404);
    await takeStep(id, "open");
    expect((await api("GET", path)).status).toBe(200);
    await takeStep(id, "cancel");
    expect((await api("GET", path)).body).toMatchObject({ status: "cancelled" });
    expect(await allOf("/api/v1/decisions?status=cancelled", null)).toContain(`"${id}"`);
  });
});

/** The text of all pages of a list. */
async function allOf(path: string, key: string | null): Promise<string> {
  let text = "";
  let after: string | null = "";
  while (after !== null) {
    const separator = path.includes("?") ? "&" : "?";
    const query: string = after === "" ? "" : `${separator}after=${encodeURIComponent(after)}`;
    const page = await api<{ items: unknown[]; next: string | null }>("GET", `${path}${query}`, {
      key,
    });
    expect(page.status).toBe(200);
    text += JSON.stringify(page.body.items);
    after = page.body.next;
  }
  return text;
}
