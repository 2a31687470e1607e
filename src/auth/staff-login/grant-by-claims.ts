import type { SessionGrant } from "../session.ts";
import type { StaffRule } from "./staff-providers.ts";

type Claims = Readonly<Record<string, unknown>>;

/**
 * What somebody may do by the claims of a login: as the first rule says that is true of them. Null
 * where none is, and where the owner that it names by a claim is no owner's name.
 */
export function grantByClaims(
  rules: readonly StaffRule[],
  claims: Claims,
): Pick<SessionGrant, "role" | "owner"> | null {
  const rule = rules.find(({ claim, value }) => hasValue(claims, claim, value));
  if (rule === undefined) return null;
  if (rule.role !== "organiser") return { role: rule.role, owner: null };
  const owner = rule.owner ?? ownerIn(claims, rule.owner_claim);
  return owner === null ? null : { role: rule.role, owner };
}

/** Also where the claim is a list, as groups are. An address counts once its issuer has checked it. */
function hasValue(claims: Claims, claim: string, value: string): boolean {
  if (claim === "email" && claims["email_verified"] !== true) return false;
  const held = Object.hasOwn(claims, claim) ? claims[claim] : undefined;
  return Array.isArray(held) ? held.includes(value) : held === value;
}

function ownerIn(claims: Claims, claim: string | undefined): string | null {
  const held = claim !== undefined && Object.hasOwn(claims, claim) ? claims[claim] : null;
  return typeof held === "string" && /^[a-z0-9][a-z0-9-]{0,63}$/.test(held) ? held : null;
}
