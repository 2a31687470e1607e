import { t } from "@lingui/core/macro";
import type { PageLoad, PageSummary } from "../app/page-module.ts";
import type { ApiDecision } from "../contract.ts";

/** A decision's title and description, once it is loaded. */
export function summarizeDecision({ queryClient, params, i18n }: PageLoad): PageSummary {
  const decision = queryClient.getQueryData<ApiDecision>(["decision", params["id"]]);
  if (decision === undefined) return { title: `${t(i18n)`Decision`} · Enviro-Governance` };
  return {
    title: `${decision.title} · Enviro-Governance`,
    ...(decision.description === "" ? {} : { description: decision.description }),
  };
}
