import { z } from "@hono/zod-openapi";
import type { KeyRole } from "../../auth/api-key.ts";
import { isSessionRole, sessionRoles, type SessionRole } from "../../auth/session.ts";
import { choices } from "../../ballot/ballot.ts";
import { limits } from "../../shared/limits.ts";

export const decisionIdSchema = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,63}$/, "1 to 64 of a-z, 0-9 and hyphen, not starting with a hyphen")
  .openapi({ example: "mangrove-restoration-2027-5d3a8c07e19f" });

/** What an organiser names a decision with. */
export const decisionSlugSchema = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]*$/, "of a-z, 0-9 and hyphen, not starting with a hyphen")
  .max(limits.decisionSlugCharactersMax)
  .openapi({
    description:
      "What the id begins with; a mac of the deployment completes it. The same slug gives the same id",
    example: "mangrove-restoration-2027",
  });

export const voteSchema = z.enum(choices);
/** Half of a surrogate pair has no UTF-8 of its own: two voters could become one. */
export const voterIdSchema = z
  .string()
  .min(1)
  .max(limits.voterIdCharactersMax)
  .refine((text) => text.isWellFormed(), "well-formed Unicode")
  .openapi({
    description:
      "The organiser's name for a voter. Blanks, case and forms of Unicode make no other voter (RFC 8266); invisible characters are refused",
    example: "member-17",
  });
/** Stands in the record of all decisions of an organiser, so it never changes; no person's name. */
export const ownerSchema = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,63}$/, "1 to 64 of a-z, 0-9 and hyphen, not starting with a hyphen")
  .openapi({ example: "river-keepers" });

export const decisionParams = z.object({ decisionId: decisionIdSchema });

interface NumberRange {
  min: number;
  max?: number;
}

/** A whole number in a path or query: decimal digits alone, never `0x10`, `1e3`, a sign or nothing. */
export function digitsSchema({ min, max = Number.MAX_SAFE_INTEGER }: NumberRange) {
  return z
    .string()
    .regex(/^[0-9]{1,16}$/, "a whole number in decimal digits")
    .transform(Number)
    .pipe(z.number().int().min(min).max(max))
    .openapi({ type: "integer", minimum: min, maximum: max });
}

/** The same where it may be left out. */
export function digitsOr(otherwise: number, range: NumberRange) {
  return digitsSchema(range).default(otherwise).openapi({ default: otherwise });
}

export const pageQuery = z.object({
  after: z.string().max(512).optional(),
  per_page: digitsOr(limits.pageSizeDefault, { min: 1, max: limits.pageSizeMax }),
});

export function pageOf<Item extends z.ZodType>(item: Item) {
  return z.object({ items: z.array(item), next: z.string().nullable() });
}

export function jsonContent<Schema extends z.ZodType>(schema: Schema, description: string) {
  return { description, content: { "application/json": { schema } } };
}

export function jsonRequest<Schema extends z.ZodType>(schema: Schema) {
  return { body: { required: true, content: { "application/json": { schema } } } };
}

/** An entry a role: OpenAPI 3.1 lets a scheme list the roles that it takes. */
export type KeySecurity = ({ apiKey: [KeyRole] } | { session: [SessionRole] })[];

/**
 * Who may use a route with an API key, or in a session of that role. The guard reads it from the
 * route's contract.
 */
export function keySecurity(...roles: KeyRole[]): KeySecurity {
  return [
    ...roles.map((role): { apiKey: [KeyRole] } => ({ apiKey: [role] })),
    ...roles.filter(isSessionRole).map((role): { session: [SessionRole] } => ({ session: [role] })),
  ];
}

export function rolesOf(security: KeySecurity): KeyRole[] {
  return security.flatMap((entry) => ("apiKey" in entry ? entry.apiKey : []));
}

/** For everybody; what was never opened is there for those who may read drafts alone. */
export const readerSecurity: Record<string, string[]>[] = [
  {},
  ...keySecurity("admin", "organiser"),
];

/** For everybody; it says more, or does something, in a session. */
export const sessionSecurity: Record<string, string[]>[] = [
  {},
  ...sessionRoles.map((role) => ({ session: [role] })),
];

export const loginSecurity = [{ idToken: [] }];
export const voterSecurity = [{ ballotToken: [] }];

/** A member of a query that is true or false, and false where it is not given. */
export function queryFlag(description: string) {
  return z
    .enum(["true", "false"])
    .transform((text) => text === "true")
    .default(false)
    .openapi({ type: "boolean", default: false, description });
}
