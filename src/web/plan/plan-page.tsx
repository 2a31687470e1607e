import { t } from "@lingui/core/macro";
import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { useSearchParams } from "wouter";
import { planDeployment } from "../../planner/plan.ts";
import { priceList } from "../../planner/price-list.ts";
import type { PageModule } from "../app/page-module.ts";
import { formatDay } from "../i18n/format.ts";
import { PlanForm } from "./plan-form.tsx";
import { PlanSummary } from "./plan-summary.tsx";
import { BillTable, StagesTable, TimesTable } from "./plan-tables.tsx";
import { readWantedPlan } from "./wanted-plan.ts";
import "../statistics/statistics.css";
import "./plan.css";

function PlanPage() {
  const [search] = useSearchParams();
  return <Planner key={String(search)} search={search} />;
}

function Planner({ search }: { search: URLSearchParams }) {
  const { i18n } = useLingui();
  const [input, setInput] = useState(() => readWantedPlan(search));
  const plan = planDeployment(input);
  const day = formatDay(i18n, `${priceList.readOn}T12:00:00Z`, "UTC");
  return (
    <div className="plan">
      <header className="statistics-head">
        <h1>
          <Trans>What a vote would take</Trans>
        </h1>
        <p className="quiet-line">
          <Trans>
            Worked out from what this release takes of its platform, and from list prices of {day}.
            Nothing of it was measured at the platform itself.
          </Trans>
        </p>
      </header>
      <div className="plan-columns">
        <PlanForm
          input={input}
          onChange={(changed) => setInput((before) => ({ ...before, ...changed }))}
        />
        <PlanSummary plan={plan} />
      </div>
      <section className="statistics-part" aria-labelledby="plan-bill">
        <h2 id="plan-bill">
          <Trans>The bill of a month</Trans>
        </h2>
        <BillTable bill={plan.bill} />
        <p className="quiet-line">
          <Trans>
            Not in it: taxes, pages that are read, logins, search, closing and publishing, standbys
            and backups of servers. Storage is that of one month's ballots and rolls; those of each
            month before cost the same again.
          </Trans>
        </p>
      </section>
      {plan.latency !== null && (
        <section className="statistics-part" aria-labelledby="plan-times">
          <h2 id="plan-times">
            <Trans>The time of a vote</Trans>
          </h2>
          <TimesTable latency={plan.latency} />
        </section>
      )}
      <section className="statistics-part" aria-labelledby="plan-stages">
        <h2 id="plan-stages">
          <Trans>What is asked of each part</Trans>
        </h2>
        <StagesTable stages={plan.stages} />
      </section>
    </div>
  );
}

const page: PageModule = {
  Page: PlanPage,
  summarize: ({ i18n }) => ({
    title: t(i18n)`What a vote would take · Enviro-Governance`,
    description: t(
      i18n,
    )`Shards, times and the bill for any number of votes a second, worked out as you move the sliders.`,
  }),
};
export default page;
