import { setTimeout as sleep } from "node:timers/promises";
import { ApiError, NoAnswer } from "../../src/client/client-errors.ts";
import type { Client } from "../../src/client/client.ts";

/** A platform that was killed is up again in seconds. */
const tryAgainMs = 200;

/** Opens a decision with so many shards for votes over sockets; gives its id. */
export async function openSocketDecision(
  admin: Client,
  slug: string,
  shards: number,
): Promise<string> {
  const terms = { disclosure: "pseudonymous", ends_early: "by_organiser", shards } as const;
  const body = { slug, title: "Votes over sockets", ...terms };
  const { id } = await admin.call("POST /api/v1/decisions", { body });
  await admin.call("POST /api/v1/decisions/{decisionId}/open", {
    path: { decisionId: id },
    body: {},
  });
  return id;
}

/** Tries until it is answered; what is refused for good is an error. */
export async function untilUp<Answer>(call: () => Promise<Answer>): Promise<Answer> {
  for (;;) {
    try {
      return await call();
    } catch (error) {
      const isLater = error instanceof ApiError && error.status >= 500;
      if (!isLater && !(error instanceof NoAnswer)) throw error;
      await sleep(tryAgainMs);
    }
  }
}
