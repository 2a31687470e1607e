import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "wouter";
import { decisionQuery, ruleQuery } from "../api/queries.ts";
import { useReadApi } from "../api/read-api-context.ts";
import { decisionAddress } from "../app/addresses.ts";
import type { ReadApi } from "../api/read-api.ts";
import type { PageLoad, PageModule } from "../app/page-module.ts";
import type { ApiDecision } from "../contract.ts";
import { DecisionDescription } from "../decision/decision-description.tsx";
import { useDecisionTexts } from "../decision/decision-texts.ts";
import { disclosureWords, shownWords } from "../decision/fact-words.ts";
import { RehearsalNote } from "../decision/rehearsal-note.tsx";
import { summarizeDecision } from "../decision/summarize-decision.ts";
import { DecisionRule } from "../rule/decision-rule.tsx";
import { Loading } from "../ui/loading.tsx";
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
    return error === null ? (
      <Loading />
    ) : (
      <LostBallot key={id} decisionId={id} error={error} onRetry={refetch} />
    );
  }
  return <Ballot key={id} decision={decision} />;
}

function Ballot({ decision }: { decision: ApiDecision }) {
  const { id } = decision;
  const { description, language } = useDecisionTexts(decision);
  return (
    <article className="ballot-page">
      <BallotHead decision={decision} />
      <BallotPanel key={id} decision={decision} />
      <div className="ballot-terms">
        <DecisionRule id={id} />
        {description === "" ? null : (
          <section aria-labelledby="about-title">
            <h2 id="about-title">
              <Trans>What it is about</Trans>
            </h2>
            <DecisionDescription text={description} language={language} />
          </section>
        )}
        <BallotFacts decision={decision} />
      </div>
    </article>
  );
}

function BallotHead({ decision }: { decision: ApiDecision }) {
  const { closes_at: closesAt } = decision;
  const { title, language } = useDecisionTexts(decision);
  const closes = <Moment iso={closesAt ?? ""} />;
  return (
    <header className="ballot-head">
      <h1 dir="auto" lang={language}>
        {title}
      </h1>
      <RehearsalNote decision={decision} />
      {decision.rehearsal ? (
        <p className="quiet-line">
          <Trans>
            Here you try out how to vote. Those who run this site may follow single votes of a
            rehearsal: do not vote as you would in earnest.
          </Trans>
        </p>
      ) : null}
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

/** What a voter may want to know of a vote before casting it. */
function BallotFacts({ decision }: { decision: ApiDecision }) {
  const { i18n } = useLingui();
  return (
    <section aria-labelledby="seen-title">
      <h2 id="seen-title">
        <Trans>What others see</Trans>
      </h2>
      <dl>
        <dt>
          <Trans>Before closing</Trans>
        </dt>
        <dd>{shownWords(i18n, decision)}</dd>
        <dt>
          <Trans>Once certified</Trans>
        </dt>
        <dd>{disclosureWords(i18n, decision)}</dd>
      </dl>
    </section>
  );
}

/** The question, and the rule that it is decided by. */
async function loadBallot({ queryClient, ask, params }: PageLoad & { ask: ReadApi }) {
  const id = params["id"] ?? "";
  const rule = ruleQuery(ask, id);
  await Promise.all([
    queryClient.prefetchQuery(decisionQuery(ask, id)),
    queryClient.prefetchQuery(rule),
  ]);
  // One can vote without the rule in words; the page reads it again.
  if (queryClient.getQueryData(rule.queryKey) === undefined) queryClient.removeQueries(rule);
}

const page: PageModule = {
  Page: BallotPage,
  load: loadBallot,
  summarize: summarizeDecision,
};
export default page;
