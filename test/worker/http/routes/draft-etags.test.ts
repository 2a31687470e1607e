import { describe, expect, it } from "vitest";
import { adminKey, send } from "../../../support/worker/api.ts";
import {
  createDecision,
  decisionsPath,
  readDecision,
  takeStep,
} from "../../../support/worker/decision-calls.ts";
import { draftDecision } from "../../../support/worker/decisions.ts";
import { expectProblem } from "../../../support/worker/problems.ts";

interface Step {
  method: string;
  path?: string;
  body?: object;
}

/** Sends a change of a decision with an If-Match. */
function change(id: string, ifMatch: string, { method, path = "", body }: Step) {
  const ask = { key: adminKey, headers: { "if-match": ifMatch } };
  return send(method, `${decisionsPath}/${id}${path}`, body === undefined ? ask : { ...ask, body });
}

const rename = (title: string): Step => ({ method: "PATCH", body: { title } });

async function tagOf(id: string): Promise<string> {
  return (await readDecision(id)).headers.get("etag") ?? "";
}

describe("the ETag of a draft", () => {
  it("is strong, and the same in the answer to whoever wrote it and whoever reads it", async () => {
    const created = await createDecision({ title: "Plant trees" });
    const tag = created.headers.get("etag") ?? "";
    expect(tag).toMatch(/^"[0-9a-f]{64}"$/);
    expect(await tagOf(created.body.id)).toBe(tag);
    const amended = await change(created.body.id, tag, rename("Plant more trees"));
    expect(amended.status).toBe(200);
    expect(amended.headers.get("etag")).not.toBe(tag);
    expect(await tagOf(created.body.id)).toBe(amended.headers.get("etag"));
  });

  it("comes back to what it was where the draft does", async () => {
    const id = await draftDecision({ title: "One" });
    const tag = await tagOf(id);
    await change(id, tag, rename("Another"));
    await change(id, "*", rename("One"));
    expect(await tagOf(id)).toBe(tag);
  });

  it("answers If-None-Match, and no cache may keep a draft", async () => {
    const id = await draftDecision();
    const tag = await tagOf(id);
    const read = (seen: string) =>
      send("GET", `${decisionsPath}/${id}`, { key: adminKey, headers: { "if-none-match": seen } });
    const again = await read(tag);
    expect([again.status, again.headers.get("cache-control")]).toEqual([304, "no-store"]);
    await change(id, tag, rename("Another"));
    expect((await read(tag)).status).toBe(200);
  });

  it("is weak once it is opened", async () => {
    const id = await draftDecision();
    await takeStep(id, "open");
    expect(await tagOf(id)).toMatch(/^W\/"\d+"$/);
  });
});

describe("a change with If-Match", () => {
  it.each<[string, Step]>([
    ["PATCH", rename("Mine")],
    ["open", { method: "POST", path: "/open" }],
    ["cancel", { method: "POST", path: "/cancel" }],
  ])("by %s does nothing where another has changed the draft since", async (_, step) => {
    const id = await draftDecision({ title: "One" });
    const tag = await tagOf(id);
    await change(id, tag, rename("Theirs"));
    const before = await readDecision(id);
    await expectProblem(await change(id, tag, step), 412, "decision.changed");
    const after = await readDecision(id);
    expect([after.body, after.headers.get("etag")]).toEqual([
      before.body,
      before.headers.get("etag"),
    ]);
    expect((await change(id, before.headers.get("etag") ?? "", step)).status).toBe(200);
  });

  it("by DELETE does nothing where the draft is another than was cancelled", async () => {
    const id = await draftDecision();
    const tag = await tagOf(id);
    const cancelled = await change(id, tag, { method: "POST", path: "/cancel" });
    await expectProblem(await change(id, tag, { method: "DELETE" }), 412, "decision.changed");
    expect((await readDecision(id)).body.status).toBe("cancelled");
    const newTag = cancelled.headers.get("etag") ?? "";
    expect((await change(id, newTag, { method: "DELETE" })).status).toBe(204);
  });

  it("never cancels a vote that was opened since the draft was read", async () => {
    const id = await draftDecision();
    const tag = await tagOf(id);
    await takeStep(id, "open");
    const cancelling = await change(id, tag, { method: "POST", path: "/cancel" });
    await expectProblem(cancelling, 412, "decision.changed");
    expect((await readDecision(id)).body.status).toBe("open");
  });

  it("goes on where one of several tags is the draft's", async () => {
    const id = await draftDecision();
    const tags = `"${"0".repeat(64)}", ${await tagOf(id)}`;
    expect((await change(id, tags, rename("Mine"))).status).toBe(200);
  });

  it("goes on with a tag that was made weak on its way, as an edge does that compresses", async () => {
    const id = await draftDecision();
    const tag = await tagOf(id);
    expect((await change(id, `W/${tag}`, rename("Mine"))).status).toBe(200);
    const late = await change(id, `W/${tag}`, rename("Late"));
    await expectProblem(late, 412, "decision.changed");
  });

  it.each([
    ["the tag of an opened decision", () => 'W/"14"'],
    ["the tag without its quotes", (tag: string) => tag.replaceAll('"', "")],
    ["a word", () => "mine"],
  ])("of %s matches nothing", async (_, write) => {
    const id = await draftDecision();
    const answer = await change(id, write(await tagOf(id)), rename("Mine"));
    await expectProblem(answer, 412, "decision.changed");
  });

  it("that has been made already is answered as made, since its answer may be lost", async () => {
    const id = await draftDecision();
    const tag = await tagOf(id);
    const cancel = { method: "POST", path: "/cancel" };
    await change(id, tag, rename("Mine"));
    expect((await change(id, tag, rename("Mine"))).status).toBe(200);
    expect((await change(id, await tagOf(id), cancel)).status).toBe(200);
    expect((await change(id, tag, cancel)).status).toBe(200);
  });

  it("that can't be made at all is told that, and not that the draft has changed", async () => {
    const id = await draftDecision();
    const tag = await tagOf(id);
    await takeStep(id, "open");
    await expectProblem(await change(id, tag, rename("Mine")), 409, "decision.not_draft");
    const nobody = await change("nobody", tag, rename("Mine"));
    await expectProblem(nobody, 404, "decision.not_found");
  });
});
