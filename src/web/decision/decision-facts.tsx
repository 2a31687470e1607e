import { Plural, Trans, useLingui } from "@lingui/react/macro";
import type { ReactNode } from "react";
import type { ApiDecision } from "../contract.ts";
import { countShards } from "../../decision/count-shards.ts";
import { formatHash, formatInteger, pluralOf } from "../i18n/format.ts";
import { CopyButton } from "../ui/copy-button.tsx";
import { Moment } from "../ui/moment.tsx";
import { closingFact } from "./closing-fact.ts";
import {
  disclosureWords,
  earlyEndWords,
  electorateWords,
  shownWords,
  weightWords,
} from "./fact-words.ts";

/** The terms of a decision: what was frozen when it opened, and the hash that proves it. */
export function DecisionFacts({ decision }: { decision: ApiDecision }) {
  const { i18n } = useLingui();
  const { opens_at: opensAt, manifest_hash: hash, regions, roll } = decision;
  const closing = closingFact(i18n, decision);
  return (
    <section className="facts" aria-labelledby="facts-title">
      <h2 id="facts-title">
        <Trans>Terms</Trans>
      </h2>
      <dl>
        <Fact name={<Trans>Opens</Trans>}>
          {opensAt === null ? <Trans>When the organiser opens it</Trans> : <Moment iso={opensAt} />}
        </Fact>
        <Fact name={closing.name}>
          {"at" in closing ? <Moment iso={closing.at} /> : closing.words}
        </Fact>
        <Fact name={<Trans>Ending early</Trans>}>{earlyEndWords(i18n, decision)}</Fact>
        <Fact name={<Trans>Changing a vote</Trans>}>
          {decision.revote_policy === "final" ? (
            <Trans>Not possible: the first ballot of a voter counts</Trans>
          ) : (
            <Trans>Possible until closing: the newest ballot of a voter counts</Trans>
          )}
        </Fact>
        <Fact name={<Trans>Who may vote</Trans>}>{electorateWords(i18n, decision)}</Fact>
        <Fact name={<Trans>Shown before closing</Trans>}>{shownWords(i18n, decision)}</Fact>
        <Fact name={<Trans>Published once certified</Trans>}>
          {disclosureWords(i18n, decision)}
        </Fact>
        <Fact name={<Trans>Weight of a ballot</Trans>}>{weightWords(i18n, decision)}</Fact>
        {regions.length > 0 && (
          <Fact name={<Trans>Regions</Trans>}>{formatInteger(i18n, regions.length)}</Fact>
        )}
        <Fact name={<Trans>Recorded in</Trans>}>
          <Plural value={pluralOf(countShards(decision))} one="# shard" other="# shards" />
        </Fact>
        <Fact name={<Trans>Identifier</Trans>}>
          <code>{decision.id}</code>
        </Fact>
        {roll?.hash != null && (
          <Fact name={<Trans>Roll hash</Trans>}>
            <code className="hash">{formatHash(roll.hash)}</code>
          </Fact>
        )}
        {hash !== null && (
          <Fact name={<Trans>Manifest hash</Trans>}>
            <code className="hash">{formatHash(hash)}</code>
          </Fact>
        )}
      </dl>
      {hash !== null && (
        <CopyButton text={hash}>
          <Trans>Copy hash</Trans>
        </CopyButton>
      )}
    </section>
  );
}

function Fact({ name, children }: { name: ReactNode; children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}
