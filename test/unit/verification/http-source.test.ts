import { expect, it } from "vitest";
import { httpSource } from "../../../src/verification/http-source.ts";
import { SourceError } from "../../../src/verification/publication-source.ts";
import { verifyPublished } from "../../../src/verification/verify-published.ts";
import { certified } from "../../support/verification/certified.ts";

const { parts, decisionId } = certified({ disclosure: "pseudonymous" });
const origin = "https://vote.example";

/** The answers of an instance, after `before` was answered once for each path. */
function instance(before: Record<string, () => Response> = {}): typeof fetch {
  const left = new Map(Object.entries(before));
  return async (given) => {
    const { pathname, searchParams } = new URL(given instanceof Request ? given.url : given);
    const [end = ""] = pathname.split("/").slice(-1);
    const first = left.get(end);
    left.delete(end);
    if (first !== undefined) return first();
    const part =
      { outcome: "outcome", keys: "keys", manifest: "manifest" }[end] ?? searchParams.get("list");
    return new Response(new Uint8Array(parts[part as "outcome"]));
  };
}

it("reads a publication by its public routes", async () => {
  const { report } = await verifyPublished(httpSource({ origin, decisionId, fetch: instance() }));
  expect(report.verdict).toBe("verified");
});

it("waits where it asks too often, and asks again", async () => {
  const refusal = () => new Response("", { status: 429, headers: { "retry-after": "0" } });
  const source = httpSource({
    origin,
    decisionId,
    fetch: instance({ export: refusal, outcome: refusal }),
  });
  expect((await verifyPublished(source)).report.verdict).toBe("verified");
});

it.each([
  [
    "the API's code",
    () => Response.json({ code: "decision.not_found" }, { status: 404 }),
    "decision.not_found",
  ],
  [
    "the status of what is no problem document",
    () => new Response("<html>", { status: 502 }),
    "status 502",
  ],
  [
    "that it would be waited for too long",
    () =>
      Response.json({ code: "rate.exceeded" }, { status: 429, headers: { "retry-after": "3600" } }),
    "rate.exceeded",
  ],
  [
    "that there was no answer",
    () => {
      throw new TypeError("fetch failed");
    },
    "unreachable",
  ],
])("says %s", async (_, answer, code) => {
  const source = httpSource({ origin, decisionId, fetch: instance({ outcome: answer }) });
  const error: unknown = await source.readDocument("outcome").catch((failure: unknown) => failure);
  expect(error).toBeInstanceOf(SourceError);
  expect(error).toMatchObject({ code });
});

it("stops waiting when it is stopped", async () => {
  const stopped = new AbortController();
  const refusal = () => new Response("", { status: 429, headers: { "retry-after": "60" } });
  const fetch = instance({ outcome: refusal });
  const source = httpSource({ origin, decisionId, fetch, signal: stopped.signal });
  const reading = source.readDocument("outcome");
  setTimeout(() => stopped.abort(), 0);
  await expect(reading).rejects.toThrow("stopped");
});
