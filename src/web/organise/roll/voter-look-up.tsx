import { Trans, useLingui } from "@lingui/react/macro";
import { useMutation } from "@tanstack/react-query";
import { useId, useState, type FormEvent } from "react";
import { limits } from "../../../shared/limits.ts";
import { Refusal } from "../../api/read-api.ts";
import { refusalText } from "../../api/refusal-text.ts";
import type { ApiDecision } from "../../contract.ts";
import { formatInteger } from "../../i18n/format.ts";
import { callApi } from "../api/organiser-api.ts";
import { namedVoters } from "../ballots/named-voters.ts";

export type VoterLookUpProps = { decision: Pick<ApiDecision, "id" | "regions">; label: string };

/** Says of voters by their ids whether they are on the roll, never whether they have voted. */
export function VoterLookUp({ decision: { id: decisionId, regions }, label }: VoterLookUpProps) {
  const { i18n } = useLingui();
  const id = useId();
  const [text, setText] = useState("");
  const ids = namedVoters(text);
  const most = limits.batchVotesMax;
  const isTooMany = ids.length > most;
  const { data, error, mutate, isPending } = useMutation({
    mutationFn: () =>
      callApi("POST /api/v1/decisions/{decisionId}/eligibility", {
        path: { decisionId },
        body: { voter_ids: ids },
      }),
  });
  const ask = (event: FormEvent): void => {
    event.preventDefault();
    if (ids.length > 0 && !isTooMany) mutate();
  };
  return (
    <section className="roll-part" aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>{label}</h2>
      <form className="form-field" onSubmit={ask}>
        <label htmlFor={id}>
          <Trans>Voter ids, one a line</Trans>
        </label>
        <p id={`${id}-hint`} className="form-hint">
          <Trans>
            You are told whether they are on the roll, never whether they have voted. At most{" "}
            {formatInteger(i18n, most)} at a time.
          </Trans>
        </p>
        <textarea
          id={id}
          aria-describedby={`${id}-hint`}
          aria-invalid={isTooMany || error !== null}
          autoComplete="off"
          spellCheck={false}
          value={text}
          onChange={({ target }) => setText(target.value)}
        />
        {error === null ? null : (
          <p className="form-error" role="alert">
            <LookUpFailure error={error} />
          </p>
        )}
        <button className="button" disabled={isPending || ids.length === 0 || isTooMany}>
          <Trans>Look up</Trans>
        </button>
      </form>
      {data === undefined ? null : <Standings voters={data.voters} regions={regions} />}
    </section>
  );
}

function LookUpFailure({ error }: { error: Error }) {
  const { i18n } = useLingui();
  if (!(error instanceof Refusal)) return <Trans>No answer came. Try again.</Trans>;
  if (error.problem.code === "voter.invalid_id")
    return (
      <Trans>One of these can’t be a voter id: it holds a character that can’t be seen.</Trans>
    );
  return refusalText(i18n, error.problem);
}

type Standing = {
  voter_id: string;
  eligible: boolean;
  region: string | null;
  weight: number | null;
};

type StandingsProps = Pick<ApiDecision, "regions"> & { voters: readonly Standing[] };

function Standings({ voters, regions }: StandingsProps) {
  const { i18n, t } = useLingui();
  const names = new Map(regions.map(({ code, name }) => [code, name]));
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div
      className="roll-table roll-long"
      role="region"
      aria-label={t`Who is on the roll`}
      tabIndex={0}
    >
      <table aria-live="polite">
        <thead>
          <tr>
            <th scope="col">
              <Trans>Voter id</Trans>
            </th>
            <th scope="col">
              <Trans>On the roll</Trans>
            </th>
            <th scope="col">
              <Trans>Region</Trans>
            </th>
            <th scope="col">
              <Trans>Weight</Trans>
            </th>
          </tr>
        </thead>
        <tbody>
          {voters.map(({ voter_id: voterId, eligible, region, weight }) => (
            <tr key={voterId}>
              <th scope="row" dir="auto">
                {voterId}
              </th>
              <td>{eligible ? <Trans>Yes</Trans> : <Trans>No</Trans>}</td>
              <td dir="auto">
                {region === null || region === "" ? "–" : (names.get(region) ?? region)}
              </td>
              <td>{weight === null ? "–" : formatInteger(i18n, weight)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
