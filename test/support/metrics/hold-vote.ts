import { randomBytes } from "node:crypto";
import { z } from "zod";
import type { LocalPlatform } from "../../../scripts/local-platform/boot.ts";
import { localId } from "../local-id.ts";

type Platform = Pick<LocalPlatform, "origin" | "adminKey">;

const issuedSchema = z.object({ tokens: z.array(z.object({ token: z.string() })) });

/** Asks as an admin, or with another credential, and gives the answer whatever it says. */
export async function askPlatform(
  { origin, adminKey }: Platform,
  path: string,
  { body, credential = adminKey }: { body?: object; credential?: string } = {},
): Promise<{ status: number; body: unknown }> {
  const headers = {
    authorization: `Bearer ${credential}`,
    "content-type": "application/json",
    "idempotency-key": crypto.randomUUID(),
  };
  const sent = body === undefined ? {} : { method: "POST", body: JSON.stringify(body) };
  const answer = await fetch(`${origin}/api/v1${path}`, { headers, ...sent });
  return { status: answer.status, body: await answer.json() };
}

/** Opens a decision of so many voters, of whom so many cast a vote, or all; gives its id. */
export async function holdVote(
  platform: Platform,
  slug: string,
  {
    voters,
    votes = voters,
    ...terms
  }: { voters: number; votes?: number; visibility: "live" | "turnout" | "sealed" },
): Promise<string> {
  const id = localId(slug);
  const drafted = { slug, title: slug, ends_early: "by_organiser", ...terms };
  require201(await askPlatform(platform, "/decisions", { body: drafted }));
  await askPlatform(platform, `/decisions/${id}/open`, { body: {} });
  const named = Array.from({ length: voters }, (_, index) => ({ voter_id: `voter-${index}` }));
  const issued = await askPlatform(platform, `/decisions/${id}/tokens`, {
    body: { voters: named },
  });
  for (const { token } of issuedSchema.parse(issued.body).tokens.slice(0, votes)) {
    const nonce = randomBytes(32).toString("hex");
    const body = { decision_id: id, vote: "yes", nonce };
    const voted = await askPlatform(platform, "/voting/cast-vote", { body, credential: token });
    require201(voted);
  }
  return id;
}

function require201({ status, body }: { status: number; body: unknown }): void {
  if (status !== 201) throw new Error(`${status} ${JSON.stringify(body)}`);
}
