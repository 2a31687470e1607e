import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { Link } from "wouter";
import { decisionAddress } from "../../app/addresses.ts";
import type { ApiDecision } from "../../contract.ts";
import { Moment } from "../../ui/moment.tsx";
import { certificationWaitWords } from "../admin/certification-words.ts";
import { callApi } from "../api/organiser-api.ts";
import { organisedDecisionAddress } from "../organise-addresses.ts";
import { RefusalNotice } from "../running/refusal-notice.tsx";

const readAgainMs = 10_000;

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
  const { i18n } = useLingui();
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
          {data.waits_for.map((wait) => (
            <li key={wait.cause}>{certificationWaitWords(i18n, wait)}</li>
          ))}
        </ul>
      )}
    </>
  );
}
