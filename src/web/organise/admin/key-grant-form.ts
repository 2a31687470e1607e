import type { Ask } from "../../../client/routes.ts";
import type { ListedRole } from "./key-words.ts";

/** What was typed of a key that is to be issued. */
export type GrantForm = { role: ListedRole; owner: string; decisionId: string; label: string };
export type GrantFault = "owner" | "decisionId" | "label";

export const noGrant: GrantForm = { role: "organiser", owner: "", decisionId: "", label: "" };

const name = /^[a-z0-9][a-z0-9-]{0,63}$/;

/** The first field that can't be sent so; the API has the same bounds. */
export function grantFaultOf({ role, owner, decisionId, label }: GrantForm): GrantFault | null {
  if (role === "organiser" && !name.test(owner.trim())) return "owner";
  const scope = decisionId.trim();
  if (role !== "organiser" && scope !== "" && !name.test(scope)) return "decisionId";
  const { length } = label.trim();
  return length === 0 || length > 200 ? "label" : null;
}

/** What is asked of the API: fields of another role that were filled in before are left out. */
export function grantOfForm({
  role,
  owner,
  decisionId,
  label,
}: GrantForm): Ask<"POST /api/v1/api-keys">["body"] {
  const scope = decisionId.trim();
  return {
    role,
    label: label.trim(),
    owner: role === "organiser" ? owner.trim() : null,
    decision_id: role === "organiser" || scope === "" ? null : scope,
  };
}
