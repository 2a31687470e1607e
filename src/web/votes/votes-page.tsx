import { t } from "@lingui/core/macro";
import { Plural, Trans } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "wouter";
import { decisionQuery, decisionResource } from "../api/queries.ts";
import { receivedVotesQuery, votesHeadQuery } from "../api/vote-queries.ts";
import { useReadApi } from "../api/read-api-context.ts";
import { decisionAddress, verifyAddress } from "../app/addresses.ts";
import type { PageModule } from "../app/page-module.ts";
import type { ApiDecision } from "../contract.ts";
import { QuestionText } from "../decision/question-text.tsx";
import { RehearsalNote } from "../decision/rehearsal-note.tsx";
import { summarizeDecision } from "../decision/summarize-decision.ts";
import { Notice } from "../ui/notice.tsx";
import { ReadFailure } from "../ui/read-failure.tsx";
import { PublishedVotes } from "./published-votes.tsx";
import { ReceivedVotes } from "./received-votes.tsx";
import "./votes.css";

function VotesPage() {
  const { id = "" } = useParams();
  const { data: decision, error, refetch } = useQuery(decisionQuery(useReadApi(), id));
  if (decision === undefined)
    return error === null ? null : <ReadFailure error={error} onRetry={refetch} />;
  return (
    <>
      <header className="votes-title">
        <p>
          <Link href={decisionAddress(decision.id)}>
            <QuestionText decision={decision} />
          </Link>{" "}
          <RehearsalNote decision={decision} />
        </p>
        <h1>
          <Trans>Votes</Trans>
        </h1>
      </header>
      <VotesOf decision={decision} />
    </>
  );
}

function VotesOf({ decision }: { decision: ApiDecision }) {
  if (decision.status === "certified") {
    return (
      <>
        <PublishedLead decision={decision} />
        <PublishedVotes decision={decision} />
      </>
    );
  }
  if (showsReceived(decision)) return <ReceivedVotes decision={decision} />;
  return (
    <Notice title={<Trans>No single vote is published yet</Trans>}>
      <p>
        {decision.status === "cancelled" ? (
          <Trans>This decision was cancelled: its votes are not published.</Trans>
        ) : (
          <Trans>
            The list of votes is written once, when the decision is certified. Until then nobody can
            read a single vote.
          </Trans>
        )}
      </p>
      <Link className="button" href={decisionAddress(decision.id)}>
        <Trans>To the decision</Trans>
      </Link>
    </Notice>
  );
}

/** What is in the list, and where else it can be had. */
function PublishedLead({ decision }: { decision: ApiDecision }) {
  const { data: head } = useQuery(votesHeadQuery(useReadApi(), decision.id));
  const exportOf = (rest: string) => decisionResource(decision.id, `/export?${rest}`);
  return (
    <div className="votes-lead">
      <p>
        {head === undefined ? null : (
          <>
            <Plural value={head.size} one="# vote counts." other="# votes count." />{" "}
          </>
        )}
        <DisclosureWords disclosure={decision.disclosure} />
      </p>
      <p className="actions">
        <Link className="button quiet" href={verifyAddress(decision.id)}>
          <Trans>Check all votes</Trans>
        </Link>
        <a className="button quiet" href={exportOf("format=csv")} download>
          <Trans>Download as CSV</Trans>
        </a>
        <a className="button quiet" href={exportOf("format=ndjson")} download>
          <Trans>As NDJSON</Trans>
        </a>
      </p>
    </div>
  );
}

function DisclosureWords({ disclosure }: Pick<ApiDecision, "disclosure">) {
  if (disclosure === "roll_call") {
    return <Trans>This is a roll call: each vote stands beside its voter’s name.</Trans>;
  }
  if (disclosure === "aggregate") {
    return (
      <Trans>
        Each has a hash that its voter knows from the receipt. How single votes were cast is not
        published.
      </Trans>
    );
  }
  return (
    <Trans>
      Each has a hash that its voter knows from the receipt, and nobody else can tell whose it is.
    </Trans>
  );
}

/** Whether single ballots may be read before the certificate. */
function showsReceived({ disclosure, status, visibility }: ApiDecision): boolean {
  if (disclosure !== "roll_call") return false;
  return status === "closed" || (status === "open" && visibility === "live");
}

const page: PageModule = {
  Page: VotesPage,
  load: async ({ queryClient, ask, params }) => {
    const { id = "" } = params;
    const decision = await queryClient
      .fetchQuery(decisionQuery(ask, id))
      // It stays in the query, and is shown there.
      .catch(() => null);
    if (decision?.status === "certified") await queryClient.prefetchQuery(votesHeadQuery(ask, id));
    else if (decision !== null && showsReceived(decision))
      await queryClient.prefetchInfiniteQuery(receivedVotesQuery(ask, id));
  },
  summarize: (loaded) => {
    const { title } = summarizeDecision(loaded);
    return { title: `${t(loaded.i18n)`Votes`} · ${title}` };
  },
};
export default page;
