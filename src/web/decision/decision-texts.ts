import type { I18n } from "@lingui/core";
import { useLingui } from "@lingui/react";
import type { ApiDecision } from "../contract.ts";

type Written = Pick<ApiDecision, "title" | "description" | "translations">;
/** A decision's words in one language; undefined where nobody says which it is. */
export type DecisionTexts = { title: string; description: string; language: string | undefined };

/**
 * The words that suit the reader's locale: those of the longest part of it (RFC 4647, 3.4), else
 * those in its language as another region writes it, else the original.
 */
export function decisionTexts({ locale }: I18n, decision: Written): DecisionTexts {
  const { title, description, translations } = decision;
  const original = { title, description, language: translations?.original };
  const all = [original, ...(translations?.texts ?? [])];
  const parts = locale.split("-");
  for (let length = parts.length; length > 0; length -= 1) {
    const range = parts.slice(0, length).join("-");
    const found = all.find(({ language }) => language === range);
    if (found) return found;
  }
  return all.find(({ language }) => language?.split("-")[0] === parts[0]) ?? original;
}

/** A decision's words for the reader of the page. */
export function useDecisionTexts(decision: Written): DecisionTexts {
  return decisionTexts(useLingui().i18n, decision);
}
