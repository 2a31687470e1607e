import { Trans } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { Link } from "wouter";
import type { Answer } from "../../../client/routes.ts";
import { decisionAddress } from "../../app/addresses.ts";
import type { ApiDecision } from "../../contract.ts";
import { Moment } from "../../ui/moment.tsx";
import { callApi } from "../api/organiser-api.ts";
import { organisedDecisionAddress } from "../organise-addresses.ts";
import { RefusalNotice } from "../running/refusal-notice.tsx";

const readAgainMs = 10_000;

type Cause =
  Answer<"GET /api/v1/decisions/{decisionId}/certification">["waits_for"][number]["cause"];

/** How far a decision is on its way to its certificate, and what it waits for. */
export function CertificationProgress({ decision }: { decision: ApiDecision }) {
  const { id, status, certified_at: certifiedAt } = decision;
  return (
    <section className="running-part" aria-labelledby="certificate-title">
      <h2 id="certificate-title">
        <Trans>Certificate</Trans>
      </h2>
      {status === "certified" && certifiedAt !== null ? (
        <>
          <p>
            <Trans>
              Certified on <Moment iso={certifiedAt} />: counted again from the published votes,
              which anybody can do.
            </Trans>
          </p>
          <Link className="button" href={decisionAddress(id, "certificate")}>
            <Trans>The certificate, to print</Trans>
          </Link>
        </>
      ) : null}
      {status === "closing" || status === "closed" ? <Waiting id={id} /> : null}
      {status === "cancelled" ? (
        <p>
          <Trans>It was cancelled, so there is no result to certify.</Trans>
        </p>
      ) : null}
      {["draft", "scheduled", "open"].includes(status) ? (
        <p>
          <Trans>
            There is one once voting has closed: it is made by itself, mostly in seconds.{" "}
            <Link href={organisedDecisionAddress(id, "running")}>Opening and closing</Link>
          </Trans>
        </p>
      ) : null}
    </section>
  );
}

function Waiting({ id }: { id: string }) {
  const { data, error, refetch } = useQuery({
    queryKey: ["certification", id],
    queryFn: () =>
      callApi("GET /api/v1/decisions/{decisionId}/certification", { path: { decisionId: id } }),
    refetchInterval: readAgainMs,
  });
  if (error !== null) return <RefusalNotice error={error} onRetry={refetch} />;
  return (
    <>
      <p role="status">
        <Trans>Voting is over. The certificate is being made; nobody has to do anything.</Trans>
      </p>
      {data === undefined || data.waits_for.length === 0 ? null : (
        <ul className="consequences">
          {data.waits_for.map(({ cause }) => (
            <li key={cause}>
              <CauseWords cause={cause} />
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function CauseWords({ cause }: { cause: Cause }) {
  switch (cause) {
    case "extension":
      return <Trans>Whether voting goes on is being decided.</Trans>;
    case "seals":
      return <Trans>Parts of the record have not given their last word yet.</Trans>;
    case "publication":
      return <Trans>The votes are being published.</Trans>;
    case "row_check":
      return <Trans>Rows of the database are being compared with the record.</Trans>;
    case "database_unavailable":
      return <Trans>The database does not answer. An administrator sees why.</Trans>;
    case "ballots":
      return <Trans>Not all ballots have reached the database yet.</Trans>;
    case "dead_letters":
      return (
        <Trans>
          The database has refused ballots: an administrator has to look at the dead letters.
        </Trans>
      );
    case "results":
      return <Trans>Results by region are not in the database yet.</Trans>;
    default:
      return <Trans>Nothing is missing: the next check certifies it.</Trans>;
  }
}
