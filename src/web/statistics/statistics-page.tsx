import { t } from "@lingui/core/macro";
import { useParams } from "wouter";
import { decisionQuery } from "../api/queries.ts";
import { decisionStatisticsQuery, statisticsQuery } from "../api/search-queries.ts";
import type { PageModule } from "../app/page-module.ts";
import { summarizeDecision } from "../decision/summarize-decision.ts";
import { AllStatistics } from "./all-statistics.tsx";
import { OneDecision } from "./decision-statistics.tsx";
import "./statistics.css";

/** Of a decision where the address names one, else of all. */
function StatisticsPage() {
  const { id } = useParams();
  return id === undefined ? <AllStatistics /> : <OneDecision key={id} id={id} />;
}

const page: PageModule = {
  Page: StatisticsPage,
  load: async ({ queryClient, ask, params }) => {
    const { id } = params;
    if (id === undefined) return queryClient.prefetchQuery(statisticsQuery(ask));
    await queryClient.prefetchQuery(decisionQuery(ask, id));
    if (queryClient.getQueryData(decisionQuery(ask, id).queryKey) === undefined) return undefined;
    return queryClient.prefetchQuery(decisionStatisticsQuery(ask, id));
  },
  summarize: (loaded) => {
    const { i18n, params } = loaded;
    if (params["id"] !== undefined) {
      return { title: `${t(i18n)`Statistics`} · ${summarizeDecision(loaded).title}` };
    }
    return {
      title: t(i18n)`Statistics · Enviro-Governance`,
      description: t(
        i18n,
      )`Decisions by status and outcome, turnout, and published ballots by region and time.`,
    };
  },
};
export default page;
