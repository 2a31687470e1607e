import { plural } from "@lingui/core/macro";
import { Trans, useLingui } from "@lingui/react/macro";
import type { DeploymentPlan } from "../../planner/plan.ts";
import { formatFigure, formatPart, formatUsd } from "./format-figure.ts";
import { databaseWords, logWords, remedyWords, stageWords } from "./plan-words.ts";

export type PlanSummaryProps = { plan: DeploymentPlan };

/** What a plan comes to: money, time, sizes, and what gives way first. */
export function PlanSummary({ plan }: PlanSummaryProps) {
  const { i18n, t } = useLingui();
  const { bill, latency, shards, votes } = plan;
  const each = formatUsd(i18n, bill.usdAMillionVotes ?? 0);
  const count = formatFigure(i18n, votes.aMonth);
  const rate = formatFigure(i18n, shards.votesPerSecondEach);
  const commit = formatFigure(i18n, plan.groupCommit.votesACommit);
  return (
    <section className="plan-summary" aria-labelledby="plan-result">
      <h2 id="plan-result" className="unseen">
        <Trans>What it comes to</Trans>
      </h2>
      <dl className="plan-figures">
        <div>
          <dt>
            <Trans>A month</Trans>
          </dt>
          <dd className="plan-large">{formatUsd(i18n, bill.usdAMonth)}</dd>
          <dd>
            <Trans>
              {each} a million of {count} votes
            </Trans>
          </dd>
        </div>
        <div>
          <dt>
            <Trans>Half of all votes within</Trans>
          </dt>
          <dd className="plan-large">
            <Milliseconds value={latency?.p50Ms ?? null} />
          </dd>
          <dd>
            <Trans>
              99 of 100 within <Milliseconds value={latency?.p99Ms ?? null} />
            </Trans>
          </dd>
        </div>
        <div>
          <dt>
            <Trans>Shards of a decision</Trans>
          </dt>
          <dd className="plan-large">{formatFigure(i18n, shards.count)}</dd>
          <dd>
            <Trans>
              {rate} votes a second each, {commit} a commit
            </Trans>
          </dd>
        </div>
        <div>
          <dt>
            <Trans>Database and vote log</Trans>
          </dt>
          <dd>{i18n._(databaseWords[plan.database])}</dd>
          <dd>{i18n._(logWords[plan.log])}</dd>
          <dd>{t`${plural(plan.writers, { one: "# writer", other: "# writers" })}`}</dd>
        </div>
      </dl>
      <Bottleneck plan={plan} />
    </section>
  );
}

function Milliseconds({ value }: { value: number | null }) {
  const { i18n } = useLingui();
  if (value === null) return "–";
  const figure = formatFigure(i18n, value);
  return <Trans>{figure} ms</Trans>;
}

function Bottleneck({ plan: { bottleneck } }: PlanSummaryProps) {
  const { i18n } = useLingui();
  const isHeld = bottleneck.share <= 1;
  const part = formatPart(i18n, bottleneck.share);
  return (
    <div className="plan-bottleneck" data-held={isHeld}>
      <p className="plan-verdict">
        {isHeld ? <Trans>It holds.</Trans> : <Trans>It does not hold.</Trans>}
      </p>
      <p>
        <Trans>
          First bottleneck: {i18n._(stageWords[bottleneck.name])}, {part} of what is possible.
        </Trans>{" "}
        {i18n._(remedyWords[bottleneck.remedy])}
      </p>
    </div>
  );
}
