import { z } from "zod";
import { limits } from "../../shared/limits.ts";
import { signingAlgorithms, isPrivateAddress } from "../external-login/issuers.ts";
import { sessionRoles } from "../session.ts";

/** The secret of the deployment that names them; without it there are none. */
export interface StaffLoginVariables {
  STAFF_LOGINS?: string | undefined;
}

const ownerName = z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/);
const claimName = z.string().min(1).max(limits.claimNameCharactersMax);

/** Whoever has `value` in `claim` gets the role; an organiser also an owner, or a claim that has it. */
const ruleSchema = z
  .strictObject({
    claim: claimName,
    value: z.string().min(1).max(limits.claimValueCharactersMax),
    role: z.enum(sessionRoles),
    owner: ownerName.optional(),
    owner_claim: claimName.optional(),
  })
  .refine(({ role, owner, owner_claim }) => {
    const owners = [owner, owner_claim].filter((each) => each !== undefined).length;
    return owners === (role === "organiser" ? 1 : 0);
  });

const providerSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,31}$/),
  name: z.string().min(1).max(100),
  issuer: z.url().refine(isPrivateAddress),
  client_id: z.string().min(1).max(255),
  client_secret: z.string().min(1).max(1_000),
  scope: z
    .string()
    .regex(/^[\x21-\x7e]+( [\x21-\x7e]+)*$/)
    .default("openid"),
  algorithms: z.array(z.enum(signingAlgorithms)).min(1).default(["RS256", "ES256"]),
  rules: z.array(ruleSchema).min(1).max(limits.staffRulesMax),
});

export type StaffProvider = z.output<typeof providerSchema>;
export type StaffRule = StaffProvider["rules"][number];

const providersSchema = z
  .array(providerSchema)
  .max(limits.staffProvidersMax)
  .refine((all) => new Set(all.map(({ id }) => id)).size === all.length);

/** With whom staff may log in: with nobody where it can't be read, and then what is wrong. */
export type StaffProviders = { providers: readonly StaffProvider[]; problem: string | null };

/**
 * Reads the secret STAFF_LOGINS, a JSON array. Where one entry is wrong none is good, and all else
 * goes on. The problem names the place, never a value: anybody may read it.
 */
export function readStaffProviders(text: string): StaffProviders {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { providers: [], problem: "STAFF_LOGINS is not JSON" };
  }
  const parsed = providersSchema.safeParse(json);
  if (parsed.success) return { providers: parsed.data, problem: null };
  const [entry, member] = parsed.error.issues[0]?.path ?? [];
  const place = entry === undefined ? "" : `, entry ${String(entry)}`;
  const within = member === undefined ? "" : `, ${String(member)}`;
  const problem = `STAFF_LOGINS is not the list that docs/roles.md describes${place}${within}`;
  return { providers: [], problem };
}
