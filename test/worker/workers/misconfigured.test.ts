import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { appOf } from "../../../workers/app.ts";
import { consumeQueue } from "../../../workers/queue-consumer.ts";
import { expectProblem } from "../../support/worker/problems.ts";

const paths = ["/readyz", "/api/v1/decisions", "/api/v1/openapi.json", "/no-such-path"];

/** A deployment as it may be made by hand: any of these may be absent at run time. */
function deploymentWith(change: Record<string, string | undefined>): Env {
  return Object.assign({ ...env }, change);
}

let lines: string[] = [];
beforeEach(() => {
  lines = [];
  vi.spyOn(console, "error").mockImplementation((line: string) => void lines.push(line));
});
afterEach(() => vi.restoreAllMocks());

/** The events and causes of the lines that were logged. */
function logged(): { event: string; cause: string }[] {
  return lines.map((line) => {
    const { event, cause } = JSON.parse(line) as { event: string; cause: string };
    return { event, cause };
  });
}

describe("a deployment that lacks what it can't do without", () => {
  it.each([
    ["has no admin key", { ADMIN_API_KEY: undefined }, "ADMIN_API_KEY is missing"],
    [
      "has a short admin key",
      { ADMIN_API_KEY: "secret" },
      "ADMIN_API_KEY must have 32 characters or more, without blanks",
    ],
    ["has no token keys", { BALLOT_TOKEN_KEYS: undefined }, "BALLOT_TOKEN_KEYS is missing"],
    [
      "has no signing keys and an unknown jurisdiction",
      { RECEIPT_SIGNING_KEYS: undefined, JURISDICTION: "europe" },
      "RECEIPT_SIGNING_KEYS is missing; JURISDICTION must be none, eu, us, fedramp",
    ],
  ])("answers every request so when it %s, and logs it once", async (_, change, cause) => {
    const deployment = deploymentWith(change);
    for (const path of paths) {
      const answer = await appOf(deployment).request(path, {}, deployment);
      expect(answer.headers.get("retry-after")).toBe("60");
      await expectProblem(answer, 503, "service.misconfigured");
    }
    const event = "deployment.misconfigured";
    expect(logged()).toEqual([{ event, cause: `LoggableError: ${cause}` }]);
  });

  it("lets what the vote log delivers wait, and says why without a TypeError", async () => {
    const retried: number[] = [];
    const message = { body: "{}", attempts: 1, retry: () => void retried.push(1) };
    // What the consumer uses of a batch.
    const batch = {
      queue: "votes",
      messages: [message],
      ackAll: () => expect.fail("acknowledged"),
    };
    await consumeQueue(
      batch as unknown as MessageBatch<string>,
      deploymentWith({ BALLOT_TOKEN_KEYS: undefined }),
    );
    expect(retried).toHaveLength(1);
    const cause = "LoggableError: BALLOT_TOKEN_KEYS is missing";
    expect(logged()).toEqual([{ event: "writer.waits", cause }]);
  });
});
