import { Trans } from "@lingui/react/macro";
import { Link } from "wouter";
import type { ApiDecision } from "../../contract.ts";
import "../admin/admin.css";
import { CertificationWaits } from "../admin/certification-waits.tsx";
import { NotYours } from "../admin/not-yours.tsx";
import { DecisionFrame } from "../frame/decision-frame.tsx";
import { organisedDecisionAddress } from "../organise-addresses.ts";
import { useSession } from "../session/use-session.ts";
import { RecordComparison } from "./record-comparison.tsx";
import { SaveRowsButton } from "./save-rows-button.tsx";

/** What an auditor may read of a decision: record and database, and rows to take away. */
export default function DecisionAuditPage() {
  const { role } = useSession();
  if (role === "organiser") return <NotYours />;
  return (
    <DecisionFrame page="audit">
      {(decision) => <DecisionAudit decision={decision} />}
    </DecisionFrame>
  );
}

function DecisionAudit({ decision }: { decision: ApiDecision }) {
  const { id, status } = decision;
  const isOver = status === "closing" || status === "closed";
  if (decision.manifest_hash === null) {
    return (
      <p>
        <Trans>There is nothing to audit before it is opened.</Trans>
      </p>
    );
  }
  return (
    <>
      {isOver ? (
        <section className="admin-part" aria-labelledby="certification">
          <h2 id="certification">
            <Trans>What it waits for before it is certified</Trans>
          </h2>
          <CertificationWaits id={id} />
        </section>
      ) : null}
      <section className="admin-part" aria-labelledby="comparison">
        <h2 id="comparison">
          <Trans>Record and database</Trans>
        </h2>
        <RecordComparison id={id} />
      </section>
      <AuditFiles decision={decision} />
      <p>
        <Link href={organisedDecisionAddress(id, "records")}>
          <Trans>What was done to it, with the log’s chain checked here</Trans>
        </Link>
      </p>
    </>
  );
}

/** Rows to take away, as far as the decision's disclosure lets anybody read them. */
function AuditFiles({ decision }: { decision: ApiDecision }) {
  const { id, shards, disclosure, electorate } = decision;
  return (
    <section className="admin-part" aria-labelledby="files">
      <h2 id="files">
        <Trans>To take away</Trans>
      </h2>
      <p hidden={electorate !== "roll" && disclosure !== "roll_call"}>
        <Trans>
          Files have a line of JSON a row, with the shard it is from. What they mean stands in the
          paper on verifying; “npx enviro verify” checks all of it by itself.
        </Trans>
      </p>
      <ul className="file-list">
        {electorate === "roll" ? (
          <SaveRowsButton id={id} rows="roll" shards={shards}>
            <Trans>The roll by pseudonym</Trans>
          </SaveRowsButton>
        ) : null}
        {disclosure === "roll_call" ? (
          <>
            <SaveRowsButton id={id} rows="ballots" shards={shards}>
              <Trans>Ballots of the record</Trans>
            </SaveRowsButton>
            <SaveRowsButton id={id} rows="database_ballots" shards={shards}>
              <Trans>Ballots of the database</Trans>
            </SaveRowsButton>
          </>
        ) : null}
      </ul>
      {disclosure === "roll_call" ? null : (
        <p className="form-hint">
          <Trans>
            Single ballots of this decision are read by nobody beside a pseudonym: it is no roll
            call. What is published of them stands on its public page once it is certified.
          </Trans>
        </p>
      )}
    </section>
  );
}
