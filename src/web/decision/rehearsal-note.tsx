import { useLingui } from "@lingui/react";
import type { ApiDecision } from "../contract.ts";
import { rehearsalWords } from "./rehearsal-words.ts";

/** Says of a rehearsal what it is; of a decision that counts there is nothing to say. */
export function RehearsalNote({ decision }: { decision: Pick<ApiDecision, "rehearsal"> }) {
  const { i18n } = useLingui();
  return decision.rehearsal ? <strong className="rehearsal">{rehearsalWords(i18n)}</strong> : null;
}
