import { Trans } from "@lingui/react/macro";
import type { ReactNode } from "react";
import { Link } from "wouter";
import { decisionResource } from "../api/queries.ts";
import { decisionAddress, verifyAddress } from "../app/addresses.ts";
import type { ApiDecision } from "../contract.ts";
import { availableRecords } from "./available-records.ts";
import { DecisionEvents } from "./decision-events.tsx";

export type DecisionRecordsProps = {
  decision: ApiDecision;
  /** Whether the counts are shown, and with them the outcome. */
  isCounted: boolean;
};

/** Where the figures can be had and checked. Nothing is linked before it is there. */
export function DecisionRecords({ decision, isCounted }: DecisionRecordsProps) {
  const { id } = decision;
  const has = availableRecords(decision, isCounted);
  return (
    <section className="records" aria-labelledby="records-title">
      <h2 id="records-title">
        <Trans>Check it yourself</Trans>
      </h2>
      {!has.publication && (
        <p className="quiet-line">
          <Trans>
            What is published of single ballots can be read and recounted here once the decision is
            certified.
          </Trans>
        </p>
      )}
      <ul>
        {(has.publication || has.received) && (
          <PageItem href={decisionAddress(id, "votes")}>
            <Trans>The votes, one by one</Trans>
          </PageItem>
        )}
        {has.publication && (
          <>
            <PageItem href={decisionAddress(id, "statistics")}>
              <Trans>Statistics</Trans>
            </PageItem>
            <PageItem href={verifyAddress(id)}>
              <Trans>Recount it in this browser, or check a receipt</Trans>
            </PageItem>
          </>
        )}
        {has.certificate && (
          <PageItem href={decisionAddress(id, "certificate")}>
            <Trans>Certificate of the result, to print</Trans>
          </PageItem>
        )}
      </ul>
      <DataLinks decision={decision} has={has} />
      {has.events && <DecisionEvents id={id} />}
    </section>
  );
}

type DataLinksProps = { decision: ApiDecision; has: ReturnType<typeof availableRecords> };

/** The same for machines. */
function DataLinks({ decision: { id }, has }: DataLinksProps) {
  return (
    <details className="data-links">
      <summary>
        <Trans>As data</Trans>
      </summary>
      <ul>
        {has.publication && (
          <>
            <DataItem
              href={decisionResource(id, "/export?format=ndjson")}
              fileName={`${id}-counted.ndjson`}
            >
              <Trans>Published ballots, NDJSON</Trans>
            </DataItem>
            <DataItem
              href={decisionResource(id, "/export?format=csv")}
              fileName={`${id}-counted.csv`}
            >
              <Trans>Published ballots, CSV</Trans>
            </DataItem>
          </>
        )}
        {has.results && (
          <DataItem href={decisionResource(id, "/results")}>
            <Trans>This result as JSON</Trans>
          </DataItem>
        )}
        {has.outcome && (
          <DataItem href={decisionResource(id, "/outcome")}>
            <Trans>Its outcome as JSON</Trans>
          </DataItem>
        )}
        {has.manifest && (
          <DataItem href={decisionResource(id, "/manifest")}>
            <Trans>Its frozen manifest</Trans>
          </DataItem>
        )}
        <DataItem href={decisionResource(id)}>
          <Trans>This decision as JSON</Trans>
        </DataItem>
        {has.events && (
          <DataItem href={decisionResource(id, "/events")}>
            <Trans>What was done since the opening, as JSON</Trans>
          </DataItem>
        )}
      </ul>
    </details>
  );
}

function PageItem({ href, children }: { href: string; children: ReactNode }) {
  return (
    <li>
      <Link href={href}>{children}</Link>
    </li>
  );
}

type DataItemProps = { href: string; children: ReactNode; fileName?: string };

function DataItem({ href, children, fileName }: DataItemProps) {
  return (
    <li>
      <a href={href} download={fileName}>
        {children}
      </a>
    </li>
  );
}
