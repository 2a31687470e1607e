import { Trans, useLingui } from "@lingui/react/macro";
import type { ApiDecision } from "../../contract.ts";
import { disclosureWords, earlyEndWords, electorateWords } from "../../decision/fact-words.ts";
import { formatInteger } from "../../i18n/format.ts";
import { Moment } from "../../ui/moment.tsx";
import { stationWords } from "./station-words.ts";

/** The terms that opening freezes, each in a line. */
export function FrozenTerms({ decision }: { decision: ApiDecision }) {
  const { i18n } = useLingui();
  const { opens_at: opensAt, closes_at: closesAt, extension, retention, regions } = decision;
  const isClosedByHand = decision.ends_early === "by_organiser";
  const noClose = isClosedByHand ? <Trans>When you close it</Trans> : <Trans>Not set yet</Trans>;
  return (
    <dl className="fact-list">
      <dt>
        <Trans>Who may vote</Trans>
      </dt>
      <dd>{electorateWords(i18n, decision)}</dd>
      <dt>
        <Trans>Voting opens</Trans>
      </dt>
      <dd>{opensAt === null ? <Trans>As soon as you open it</Trans> : <Moment iso={opensAt} />}</dd>
      <dt>
        <Trans>Voting closes</Trans>
      </dt>
      <dd>
        {closesAt === null ? noClose : <Moment iso={closesAt} />}
        {extension === null ? null : (
          <>
            {" "}
            <Trans>
              A quorum reached in the last {formatInteger(i18n, extension.minutes)} minutes extends
              it once by as many.
            </Trans>
          </>
        )}
      </dd>
      <dt>
        <Trans>Ending early</Trans>
      </dt>
      <dd>{earlyEndWords(i18n, decision)}</dd>
      {regions.length === 0 ? null : (
        <>
          <dt>
            <Trans>Regions</Trans>
          </dt>
          <dd>{formatInteger(i18n, regions.length)}</dd>
        </>
      )}
      <dt>
        <Trans>What is published of single votes</Trans>
      </dt>
      <dd>{disclosureWords(i18n, decision)}</dd>
      <dt>
        <Trans>Stations</Trans>
      </dt>
      <dd>{stationWords(i18n, decision.stations)}</dd>
      <dt>
        <Trans>Retention</Trans>
      </dt>
      <dd>
        {retention === null ? (
          <Trans>Kept for ever</Trans>
        ) : (
          <Trans>
            Voters and single votes are forgotten {formatInteger(i18n, retention.days)} days after
            the certificate
          </Trans>
        )}
      </dd>
    </dl>
  );
}
