import { Trans, useLingui } from "@lingui/react/macro";
import type { ApiDecision } from "../../contract.ts";
import { DecisionRecords } from "../../decision/decision-records.tsx";
import "../../decision/decision.css";
import { isOver } from "../../decision/decision-phase.ts";
import { formatInteger } from "../../i18n/format.ts";
import { Moment } from "../../ui/moment.tsx";
import { DecisionFrame } from "../frame/decision-frame.tsx";
import { useSession } from "../session/use-session.ts";
import "../ballots/ballots.css";
import "../running/running.css";
import { CertificationProgress } from "./certification-progress.tsx";
import { DecisionLog } from "./decision-log.tsx";
import { RebuildPanel } from "./rebuild-panel.tsx";
import { RegisterPanel } from "./register-panel.tsx";

/** What a decision leaves: its certificate, what is published, who has voted, and what was done. */
export default function RecordsPage() {
  return (
    <DecisionFrame page="records">
      {(decision) => <RecordsParts key={decision.id} decision={decision} />}
    </DecisionFrame>
  );
}

function RecordsParts({ decision }: { decision: ApiDecision }) {
  const { role } = useSession();
  const { status, visibility, forgotten_at: forgottenAt } = decision;
  const isCounted = isOver(status) || (status === "open" && visibility === "live");
  return (
    <>
      <CertificationProgress decision={decision} />
      {status === "draft" ? null : <DecisionRecords decision={decision} isCounted={isCounted} />}
      {(status === "closed" || status === "certified") && forgottenAt === null ? (
        <RegisterPanel decision={decision} />
      ) : null}
      <Retention decision={decision} />
      <DecisionLog id={decision.id} />
      {role === "admin" && status !== "draft" ? <RebuildPanel id={decision.id} /> : null}
    </>
  );
}

/** What is forgotten, and when. */
function Retention({ decision }: { decision: ApiDecision }) {
  const { i18n } = useLingui();
  const { retention, certified_at: certifiedAt, forgotten_at: forgottenAt } = decision;
  return (
    <section className="running-part" aria-labelledby="retention-title">
      <h2 id="retention-title">
        <Trans>What is forgotten</Trans>
      </h2>
      <p>
        {retention === null ? (
          <Trans>
            Nothing: the terms set no retention. Voters and single ballots are kept for ever.
          </Trans>
        ) : forgottenAt !== null ? (
          <Trans>
            Voters and single ballots were forgotten on <Moment iso={forgottenAt} />. Result,
            certificate and log stay.
          </Trans>
        ) : certifiedAt !== null ? (
          <Trans>
            On <Moment iso={daysAfter(certifiedAt, retention.days)} show="day" /> the keys are
            destroyed, and voters and single ballots are forgotten by themselves. Result,
            certificate and log stay. Mark who has voted before, if you need that.
          </Trans>
        ) : (
          <Trans>
            Voters and single ballots are forgotten by themselves{" "}
            {formatInteger(i18n, retention.days)} days after the certificate. Result, certificate
            and log stay.
          </Trans>
        )}
      </p>
    </section>
  );
}

const msADay = 86_400_000;

function daysAfter(iso: string, days: number): string {
  return new Date(Date.parse(iso) + days * msADay).toISOString();
}
