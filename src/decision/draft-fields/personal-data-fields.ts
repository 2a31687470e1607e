import { z } from "zod";
import { limits } from "../../shared/limits.ts";
import type { ExternalLogin } from "../decision.ts";
import * as values from "../draft-values.ts";
import { field, type FieldTable } from "./field.ts";

/** What a login service says of voters, and how long what is kept of them stays. */
export const personalDataFields = {
  login: field({
    member: "login",
    written: values.loginDraftSchema
      .nullable()
      .meta({
        description:
          "Voters may exchange an ID token of this issuer for a ballot token: `voter_claim` is the voter_id and, in an open electorate, `region_claim` the region",
      })
      .default(null),
    keep: (login) => (login === null ? null : keepLogin(login)),
    shown: values.loginSchema.nullable(),
    show: ({ draft: { login } }) => (login === null ? null : showLogin(login)),
  }),
  retentionDays: field({
    member: "retention",
    written: z
      .strictObject({ days: z.int().min(1).max(limits.retentionDaysMax) })
      .nullable()
      .meta({
        description:
          "How many days after its certification the decision's keys, roll and single ballots are forgotten, in its record, the database and the dead letters; manifest, outcome, publication and audit log stay. `null` keeps all",
      })
      .default(null),
    keep: (retention) => retention?.days ?? null,
    shown: z.object({ days: z.int() }).nullable(),
    show: ({ draft: { retentionDays: days } }) => (days === null ? null : { days }),
  }),
} satisfies Partial<FieldTable>;

function keepLogin(login: z.output<typeof values.loginDraftSchema>): ExternalLogin {
  const { issuer, voter_claim, region_claim } = login;
  return { issuer, voterClaim: voter_claim, regionClaim: region_claim };
}

function showLogin({ issuer, voterClaim, regionClaim }: ExternalLogin) {
  return { issuer, voter_claim: voterClaim, region_claim: regionClaim };
}
