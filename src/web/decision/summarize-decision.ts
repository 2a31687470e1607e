import { t } from "@lingui/core/macro";
import type { PageLoad, PageSummary } from "../app/page-module.ts";
import type { ApiDecision } from "../contract.ts";
import { decisionTexts } from "./decision-texts.ts";
import { soleTitle } from "./rehearsal-words.ts";

/** A decision's title and description, once it is loaded. */
export function summarizeDecision({ queryClient, params, i18n }: PageLoad): PageSummary {
  const decision = queryClient.getQueryData<ApiDecision>(["decision", params["id"]]);
  if (decision === undefined) return { title: `${t(i18n)`Decision`} · Enviro-Governance` };
  const { description } = decisionTexts(i18n, decision);
  return {
    title: `${soleTitle(i18n, decision)} · Enviro-Governance`,
    ...(description === "" ? {} : { description }),
  };
}
