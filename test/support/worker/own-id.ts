import { env } from "cloudflare:workers";
import { decisionIds } from "../../../src/auth/decision-ids.ts";

/** The id that this deployment gives the decision with this slug, whether or not there is one. */
export function ownId(slug: string): string {
  return decisionIds(env.ID_KEYS).complete(slug);
}
