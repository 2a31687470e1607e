import { t } from "@lingui/core/macro";
import type { PageLoad, PageSummary } from "../app/page-module.ts";
import type { ApiDecision } from "../contract.ts";
import { decisionTexts } from "./decision-texts.ts";

/** A decision's title and description, once it is loaded. */
export function summarizeDecision({ queryClient, params, i18n }: PageLoad): PageSummary {
  const decision = queryClient.getQueryData<ApiDecision>(["decision", params["id"]]);
  if (decision === undefined) return { title: `${t(i18n)`Decision`} · Enviro-Governance` };
  const { title, description } = decisionTexts(i18n, decision);
  return {
    title: `${title} · Enviro-Governance`,
    ...(description === "" ? {} : { description }),
  };
}
