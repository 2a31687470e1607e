import { Trans } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "wouter";
import { decisionQuery } from "../api/queries.ts";
import { useReadApi } from "../api/read-api-context.ts";
import { decisionAddress } from "../app/addresses.ts";
import type { PageModule } from "../app/page-module.ts";
import type { ApiDecision } from "../contract.ts";
import { summarizeDecision } from "../decision/summarize-decision.ts";
import { Moment } from "../ui/moment.tsx";
import { BallotPanel } from "./ballot-panel.tsx";
import { LostBallot } from "./lost-ballot.tsx";
import { untilNextLookMs } from "./until-next-look.ts";

function BallotPage() {
  const { id = "" } = useParams();
  const {
    data: decision,
    error,
    refetch,
  } = useQuery({
    ...decisionQuery(useReadApi(), id),
    refetchInterval: ({ state }) =>
      untilNextLookMs(state.data, { now: Date.now(), random: Math.random() }),
  });
  if (decision === undefined) {
    return error === null ? null : (
      <LostBallot key={id} decisionId={id} error={error} onRetry={refetch} />
    );
  }
  const { title: ruleTitle } = decision.rule;
  return (
    <article className="ballot-page">
      <BallotHead decision={decision} />
      <BallotPanel key={id} decision={decision} />
      <section className="ballot-terms">
        <h2>
          <Trans>What it takes</Trans>
        </h2>
        {typeof ruleTitle === "string" ? <p>{ruleTitle}</p> : null}
        {decision.description === "" ? null : <p dir="auto">{decision.description}</p>}
      </section>
    </article>
  );
}

function BallotHead({ decision }: { decision: ApiDecision }) {
  const { closes_at: closesAt } = decision;
  const closes = <Moment iso={closesAt ?? ""} />;
  return (
    <header className="ballot-head">
      <h1 dir="auto">{decision.title}</h1>
      <p className="quiet-line">
        {closesAt === null || decision.status !== "open" ? null : (
          <Trans>You can vote until {closes}.</Trans>
        )}{" "}
        <Link href={decisionAddress(decision.id)}>
          <Trans>The decision and its result</Trans>
        </Link>
      </p>
    </header>
  );
}

const page: PageModule = {
  Page: BallotPage,
  load: ({ queryClient, ask, params }) =>
    queryClient.prefetchQuery(decisionQuery(ask, params["id"] ?? "")),
  summarize: summarizeDecision,
};
export default page;
