import type { I18n } from "@lingui/core";
import { t } from "@lingui/core/macro";
import type { ApiDecision } from "../contract.ts";
import { isOver } from "./decision-phase.ts";

/** When something was or will be: a moment, or words in its place. */
export type ClosingFact = { name: string; at: string } | { name: string; words: string };

/** When a decision closes or closed, as far as that is known. */
export function closingFact(
  i18n: I18n,
  {
    status,
    closes_at: closesAt,
    closed_at: closedAt,
  }: Pick<ApiDecision, "status" | "closes_at" | "closed_at">,
): ClosingFact {
  const closed = t(i18n)`Closed`;
  const closes = t(i18n)`Closes`;
  if (closedAt !== null) return { name: closed, at: closedAt };
  if (status === "cancelled") return { name: closed, words: t(i18n)`Cancelled by the organiser` };
  if (status === "closing" || isOver(status)) {
    return { name: closed, words: t(i18n)`Voting has ended` };
  }
  if (closesAt === null) return { name: closes, words: t(i18n)`When the organiser closes it` };
  return { name: closes, at: closesAt };
}
