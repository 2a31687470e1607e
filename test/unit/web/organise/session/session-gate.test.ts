import { afterEach, describe, expect, it, vi } from "vitest";
import { Refusal } from "../../../../../src/web/api/read-api.ts";
import { callApi } from "../../../../../src/web/organise/api/organiser-api.ts";
import { readAsSignedIn } from "../../../../../src/web/organise/api/read-as-signed-in.ts";
import { SessionGate, sessionGate } from "../../../../../src/web/organise/session/session-gate.ts";

const ended = () =>
  Response.json(
    { code: "session.ended", status: 401, detail: "Sign in again." },
    { status: 401, headers: { "content-type": "application/problem+json" } },
  );
const missing = () =>
  Response.json(
    { code: "decision.not_found", status: 404, detail: "None." },
    { status: 404, headers: { "content-type": "application/problem+json" } },
  );

/** Answers what is fetched, in turn, and notes method, path and body of each. */
function answerInTurn(...answers: (() => Response)[]): string[] {
  const asked: string[] = [];
  vi.stubGlobal("location", { origin: "https://enviro.example" });
  vi.stubGlobal("fetch", async (input: URL | string, init: RequestInit = {}) => {
    const path = new URL(String(input), "https://enviro.example").pathname;
    const body = typeof init.body === "string" ? init.body : "";
    asked.push(`${init.method ?? "GET"} ${path} ${body}`.trim());
    const answer = answers.shift();
    if (answer === undefined) throw new Error(`nothing answers ${path}`);
    return answer();
  });
  return asked;
}

afterEach(() => {
  sessionGate.answer(false);
  vi.unstubAllGlobals();
});

describe("the gate of ended sessions", () => {
  it("asks once however many wait, and lets all of them go on", async () => {
    const gate = new SessionGate();
    const heard: boolean[] = [];
    const end = gate.subscribe(() => heard.push(gate.isAsking()));
    const waiting = [gate.ask(), gate.ask()];
    expect(gate.isAsking()).toBe(true);
    gate.answer(true);
    expect(await Promise.all(waiting)).toEqual([true, true]);
    end();
    void gate.ask();
    expect(heard).toEqual([true, true, false]);
  });
});

const draft = { title: "Typed before the session ended" };
const amend = () =>
  callApi("PATCH /api/v1/decisions/{decisionId}", { path: { decisionId: "d-1" }, body: draft });

describe("a call in a session that has ended", () => {
  it("waits until somebody has signed in again, and is sent once more as it was", async () => {
    const asked = answerInTurn(ended, () => Response.json({ id: "d-1" }));
    const answer = amend();
    await vi.waitFor(() => expect(sessionGate.isAsking()).toBe(true));
    expect(asked).toHaveLength(1);
    sessionGate.answer(true);
    expect(await answer).toEqual({ id: "d-1" });
    expect(asked).toEqual(Array(2).fill(`PATCH /api/v1/decisions/d-1 ${JSON.stringify(draft)}`));
  });

  it("asks anew where that session has ended, too", async () => {
    const asked = answerInTurn(ended, ended, () => Response.json({ id: "d-1" }));
    const answer = amend();
    for (const count of [1, 2]) {
      await vi.waitFor(() => expect([asked.length, sessionGate.isAsking()]).toEqual([count, true]));
      sessionGate.answer(true);
    }
    await answer;
    expect(asked).toHaveLength(3);
  });

  it("is refused where nobody signs in, and is not sent again", async () => {
    const asked = answerInTurn(ended);
    const refused = amend().catch((error: unknown) => error);
    await vi.waitFor(() => expect(sessionGate.isAsking()).toBe(true));
    sessionGate.answer(false);
    expect(await refused).toBeInstanceOf(Refusal);
    expect(asked).toHaveLength(1);
  });

  it("is told from a draft that is not there by asking who is signed in", async () => {
    const nobody = () => Response.json({ session: null, providers: [] });
    const asked = answerInTurn(missing, nobody, () => Response.json({ id: "d-1" }));
    const answer = readAsSignedIn("/api/v1/decisions/d-1");
    await vi.waitFor(() => expect(sessionGate.isAsking()).toBe(true));
    sessionGate.answer(true);
    expect((await answer).status).toBe(200);
    const path = "GET /api/v1/decisions/d-1";
    expect(asked).toEqual([path, "GET /api/v1/session", path]);
  });

  it("leaves what is not there as it is while somebody is signed in", async () => {
    answerInTurn(missing, () => Response.json({ session: { id: "s" }, providers: [] }));
    expect((await readAsSignedIn("/api/v1/decisions/d-1")).status).toBe(404);
    expect(sessionGate.isAsking()).toBe(false);
  });

  it("is none where another refusal comes", async () => {
    const refusal = { code: "role.forbidden", status: 403, detail: "No." };
    answerInTurn(() => Response.json(refusal, { status: 403 }));
    await expect(amend()).rejects.toThrow(Refusal);
    expect(sessionGate.isAsking()).toBe(false);
  });
});
