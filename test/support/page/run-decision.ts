import { inject } from "vitest";
import type { Page } from "playwright-core";
import type { DecisionAnswer, DecisionDraftBody } from "../../../src/cli/api/answers.ts";
import { uploadRoll } from "../../../src/cli/api/upload-roll.ts";
import { createClient } from "../../../src/client/client.ts";

const origin = inject("origin");
const admin = createClient({ origin, credential: inject("adminKey") });

/** An organiser of its own: its key, and a client that has it. */
export async function makeOrganiser(owner: string) {
  const { key } = await admin.call("POST /api/v1/api-keys", {
    body: { role: "organiser", label: `the clerk of ${owner}`, owner },
  });
  return { key, client: createClient({ origin, credential: key }) };
}

export type PageOrganiser = Awaited<ReturnType<typeof makeOrganiser>>;

/** A draft of an organiser's, with a roll where one is given. */
export async function draftWithRoll(
  { client }: PageOrganiser,
  body: DecisionDraftBody & { slug: string },
  roll: string | null,
): Promise<DecisionAnswer> {
  const decision = await client.call("POST /api/v1/decisions", { body });
  if (roll !== null) {
    const file = new Blob([roll], { type: "text/csv" });
    await uploadRoll(client, { decisionId: decision.id, file });
  }
  return decision;
}

/** Signs in at the page that is shown, with a key. */
export async function signInWith(page: Page, key: string): Promise<void> {
  await page.getByLabel("Your key").fill(key);
  await page.getByRole("button", { name: "Sign in" }).click();
}
