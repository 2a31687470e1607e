import { Trans, useLingui } from "@lingui/react/macro";
import { useMutation } from "@tanstack/react-query";
import { useId, useState, type FormEvent } from "react";
import { limits } from "../../../shared/limits.ts";
import type { ApiDecision } from "../../contract.ts";
import { formatInteger } from "../../i18n/format.ts";
import { callApi } from "../api/organiser-api.ts";
import { namedVoters } from "../ballots/named-voters.ts";
import { RefusalNotice } from "./refusal-notice.tsx";

/** Who is on the roll, and where a vote counts. Never who has voted. */
export function RollLookUpForm({ decision: { id, regions } }: { decision: ApiDecision }) {
  const { i18n } = useLingui();
  const [text, setText] = useState("");
  const fieldId = useId();
  const voters = namedVoters(text).slice(0, limits.batchVotesMax);
  const { mutate, data, error, isPending } = useMutation({
    mutationFn: () =>
      callApi("POST /api/v1/decisions/{decisionId}/eligibility", {
        path: { decisionId: id },
        body: { voter_ids: voters },
      }),
  });
  const send = (event: FormEvent): void => {
    event.preventDefault();
    mutate();
  };
  const nameOf = (region: string | null) =>
    regions.find(({ code }) => code === region)?.name ?? (region || "–");
  return (
    <form className="part-form" onSubmit={send}>
      <div className="form-field">
        <label htmlFor={fieldId}>
          <Trans>Is somebody on the roll?</Trans>
        </label>
        <p className="form-hint">
          <Trans>
            One voter on each line, as the roll names them. It does not say who has voted.
          </Trans>
        </p>
        <textarea
          id={fieldId}
          className="short-text"
          dir="auto"
          value={text}
          onChange={({ target }) => setText(target.value)}
        />
      </div>
      <button className="button" disabled={voters.length === 0 || isPending}>
        <Trans>Look them up</Trans>
      </button>
      {error === null ? null : <RefusalNotice error={error} />}
      {data === undefined ? null : (
        <div role="status">
          <ul className="consequences">
            {data.voters.map(({ voter_id: voterId, eligible, region, weight }) => (
              <li key={voterId} dir="auto">
                {eligible ? (
                  <Trans>
                    {voterId} is on the roll. Region: {nameOf(region)} · weight:{" "}
                    {formatInteger(i18n, weight ?? 1)}
                  </Trans>
                ) : (
                  <Trans>{voterId} is not on the roll.</Trans>
                )}
              </li>
            ))}
          </ul>
        </div>
      )}
    </form>
  );
}
