import { Trans, useLingui } from "@lingui/react/macro";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { formatInteger } from "../../i18n/format.ts";
import { ConsequenceDialog } from "../dialog/consequence-dialog.tsx";
import { AdminRefusal } from "./admin-refusal.tsx";
import { fillSearch, type SearchFilling } from "./fill-search.ts";

/** What is searched, and how it is filled again; for administrators. */
export function SearchIndexPanel() {
  const [isAsked, setIsAsked] = useState(false);
  const [filling, setFilling] = useState<SearchFilling | null>(null);
  const queryClient = useQueryClient();
  const { mutate, isPending, isSuccess, error } = useMutation({
    mutationFn: () => {
      setFilling(null);
      return fillSearch((so) => {
        setFilling(so);
        setIsAsked(false);
      });
    },
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ["service"] }),
  });
  return (
    <section className="admin-part" aria-labelledby="search-index">
      <h2 id="search-index">
        <Trans>The search index</Trans>
      </h2>
      <p>
        <Trans>
          What is searched is an index, which is made from the record. Where it is lost or wrong,
          fill it again.
        </Trans>
      </p>
      <p>
        <button
          type="button"
          className="button"
          disabled={isPending}
          onClick={() => setIsAsked(true)}
        >
          <Trans>Fill the search again …</Trans>
        </button>
      </p>
      {filling === null ? null : <FillingState filling={filling} isDone={isSuccess} />}
      {error === null || isAsked ? null : <AdminRefusal error={error} />}
      {isAsked ? (
        <ConsequenceDialog
          title={<Trans>Fill the search again from the record?</Trans>}
          action={<Trans>Fill it again</Trans>}
          isPending={isPending}
          refusal={error === null ? null : <AdminRefusal error={error} />}
          onAct={() => mutate()}
          onClose={() => setIsAsked(false)}
        >
          <p>
            <Trans>
              All decisions and published ballots are read once more, which may take minutes: keep
              this tab open. What there is can be searched meanwhile. If somebody else is filling
              it, theirs ends. No vote changes.
            </Trans>
          </p>
        </ConsequenceDialog>
      ) : null}
    </section>
  );
}

function FillingState({ filling, isDone }: { filling: SearchFilling; isDone: boolean }) {
  const { i18n } = useLingui();
  const decisions = formatInteger(i18n, filling.decisions);
  const ballots = formatInteger(i18n, filling.ballots);
  return (
    <>
      <p role="status">
        {isDone ? (
          <Trans>
            Filled again. Decisions: {decisions}. Ballots: {ballots}.
          </Trans>
        ) : (
          <Trans>
            So far, decisions: {decisions}. Ballots: {ballots}.
          </Trans>
        )}
      </p>
      {filling.refused.length === 0 ? null : (
        <>
          <p>
            <Trans>These are not in it, since they could not be read or taken:</Trans>
          </p>
          <ul>
            {filling.refused.map((name) => (
              <li key={name}>
                <bdi>{name}</bdi>
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}
