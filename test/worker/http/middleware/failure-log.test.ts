import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createApp } from "../../../../src/http/app.ts";
import type { HttpDependencies } from "../../../../src/ports/http-dependencies.ts";
import { chooseCache } from "../../../../src/platform/adapters/cache.ts";
import { httpDependencies } from "../../../../src/platform/http-dependencies.ts";
import { openedDecision, tokenFor } from "../../../support/worker/decisions.ts";
import { expectProblem } from "../../../support/worker/problems.ts";

let lines: string[] = [];
beforeEach(() => {
  lines = [];
  vi.spyOn(console, "error").mockImplementation((line: string) => void lines.push(line));
});
afterEach(() => vi.restoreAllMocks());

/** A Worker in which something fails as it never should. */
function failingAt(change: (deps: HttpDependencies) => Partial<HttpDependencies>) {
  const deps = httpDependencies(env, chooseCache(env));
  return createApp({ ...deps, ...change(deps) });
}

function logged(): Record<string, string> {
  expect(lines).toHaveLength(1);
  return JSON.parse(lines[0] ?? "") as Record<string, string>;
}

/** As an engine fails at what somebody sent: its message quotes the text. */
function quoteWhatWasSent(text: string): never {
  return JSON.parse(text) as never;
}

describe("a failure of ours is logged", () => {
  it("with the route that failed, by its pattern, and where in the code", async () => {
    const id = await openedDecision();
    const app = failingAt((deps) => ({
      decisions: {
        ...deps.decisions,
        read: () => Promise.reject(new TypeError("Network connection lost.")),
      },
    }));
    const answer = await app.request(`/api/v1/decisions/${id}/eligibility`, {
      headers: { authorization: `Bearer ${await tokenFor(id, "ana")}` },
    });
    await expectProblem(answer, 500, "server.error");
    expect(logged()).toEqual({
      level: "error",
      event: "http.failed",
      cause: "TypeError: Network connection lost.",
      method: "GET",
      route: "/api/v1/decisions/:decisionId/eligibility",
      at: expect.stringMatching(/^at .*failure-log\.test\.ts/),
    });
    expect(lines[0]).not.toContain(id);
  });

  it.each([
    ["in a message that quotes it", '{"voter_id":"ana","vote":"abstain"'],
    ["in one that looks like a frame of the stack", 'ana"\n    at abstain (vote.ts:1:1)'],
  ])("without anything of a vote, also %s", async (_, sent) => {
    const id = await openedDecision();
    const token = await tokenFor(id, "ana");
    const app = failingAt((deps) => ({
      ballots: { ...deps.ballots, cast: async () => quoteWhatWasSent(sent) },
    }));
    const answer = await app.request("/api/v1/voting/cast-vote", {
      method: "POST",
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      body: JSON.stringify({ decision_id: id, vote: "abstain" }),
    });
    await expectProblem(answer, 500, "server.error");
    expect(logged()).toMatchObject({
      cause: "SyntaxError",
      method: "POST",
      route: "/api/v1/voting/cast-vote",
      at: expect.stringMatching(/^at (JSON\.parse|quoteWhatWasSent)/),
    });
    expect(lines[0]).not.toMatch(/ana|abstain|yes/);
  });

  it("with what lies behind it, where one error wraps another", async () => {
    const cause = new RangeError('value "ana" is out of range');
    const app = failingAt(() => ({
      lists: {
        readSince: () => Promise.reject(new Error('Failed query: params "ana"', { cause })),
      },
    }));
    const answer = await app.request("/api/v1/decisions?status=open");
    await expectProblem(answer, 500, "server.error");
    expect(logged()).toMatchObject({
      cause: "RangeError",
      method: "GET",
      route: "/api/v1/decisions",
    });
  });
});
