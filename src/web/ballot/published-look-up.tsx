import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { decisionResource } from "../api/queries.ts";
import { useReadApi } from "../api/read-api-context.ts";
import { readResource } from "../api/read-api.ts";
import {
  findBallot,
  foundWords,
  type FoundBallot,
  type PublishedList,
  type PublishedPage,
} from "./find-ballot.ts";
import type { KeptBallot } from "./kept-ballots.ts";

export type PublishedLookUpProps = {
  ballot: KeptBallot;
  /** Whether no later ballot of this voter is known here. */
  isNewest: boolean;
};

/** A button that looks for a ballot in the published lists, and where the answer appears. */
export function PublishedLookUp({ ballot, isNewest }: PublishedLookUpProps) {
  const { i18n } = useLingui();
  const ask = useReadApi();
  const [found, setFound] = useState<FoundBallot | "reading" | "failed" | null>(null);
  const { decision_id: decisionId, ballot_hash: hash } = ballot.receipt;
  const pagesOf =
    (list: string): PublishedList =>
    (page) =>
      readResource<PublishedPage>(ask, decisionResource(decisionId, `${list}?page=${page}`));
  const find = async (): Promise<void> => {
    setFound("reading");
    const lists = { counted: pagesOf("/votes"), others: pagesOf("/votes/others") };
    setFound(await findBallot(hash, lists).catch(() => "failed" as const));
  };
  const isFound = found !== null && found !== "reading" && found !== "failed";
  return (
    <div className="own-vote">
      <button type="button" className="button" onClick={() => void find()}>
        <Trans>Find it in the published lists</Trans>
      </button>
      <p role="status">
        {found === "reading" ? <Trans>Reading the published lists…</Trans> : null}
        {found === "failed" ? (
          <Trans>The lists could not be read just now. Try it again later.</Trans>
        ) : null}
        {isFound ? foundWords(i18n, found, { choice: ballot.choice, isNewest }) : null}
      </p>
    </div>
  );
}
