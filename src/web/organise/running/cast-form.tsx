import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { useMutation } from "@tanstack/react-query";
import { useId, useMemo, useState } from "react";
import { limits } from "../../../shared/limits.ts";
import type { ApiDecision } from "../../contract.ts";
import { saveFile } from "../../exports/save-file.ts";
import { callApi } from "../api/organiser-api.ts";
import { ConsequenceDialog } from "../dialog/consequence-dialog.tsx";
import { useLeavingQuestion } from "../form/use-leaving-question.ts";
import { readPaperVotes } from "./paper-votes.ts";
import { RefusalNotice } from "./refusal-notice.tsx";

/** Casts votes that came on paper, as a station does; for administrators. */
export function CastForm({ decision }: { decision: ApiDecision }) {
  const { id } = decision;
  const { i18n } = useLingui();
  const [text, setText] = useState("");
  const [isAsking, setIsAsking] = useState(false);
  const fieldId = useId();
  // Read once: a vote that is sent again has the nonce that it had.
  const { votes, faults } = useMemo(() => readPaperVotes(text), [text]);
  const lines = new Intl.ListFormat(i18n.locale).format(faults.map(String));
  const isTooMany = votes.length > limits.batchVotesMax;
  const [receipts, setReceipts] = useState<readonly object[]>([]);
  const { mutate, data, error, isPending } = useMutation({
    mutationFn: () =>
      callApi("POST /api/v1/decisions/{decisionId}/votes/batch", {
        path: { decisionId: id },
        body: { votes, signed: true },
      }),
    onSuccess: ({ results }) => {
      setIsAsking(false);
      setReceipts([...receipts, ...results]);
      setText("");
    },
  });
  return (
    <div className="part-form">
      <div className="form-field">
        <label htmlFor={fieldId}>
          <Trans>Votes that came on paper</Trans>
        </label>
        <p className="form-hint" id={`${fieldId}-hint`}>
          <Trans>
            One on each line: the voter, a comma, and yes, no or abstain; without a roll also region
            and weight. At most 1,000.
          </Trans>
        </p>
        <textarea
          id={fieldId}
          dir="auto"
          aria-describedby={`${fieldId}-hint`}
          value={text}
          onChange={({ target }) => setText(target.value)}
        />
        {faults.length === 0 ? null : (
          <p className="form-error" role="alert">
            <Trans>These lines are no votes: {lines}.</Trans>
          </p>
        )}
      </div>
      <button
        type="button"
        className="button"
        disabled={votes.length === 0 || faults.length > 0 || isTooMany}
        onClick={() => setIsAsking(true)}
      >
        <Plural value={votes.length} one="Cast # vote …" other="Cast # votes …" />
      </button>
      {data === undefined ? null : <CastResult id={id} answer={data} receipts={receipts} />}
      {isAsking ? (
        <ConsequenceDialog
          title={<Plural value={votes.length} one="Cast # vote?" other="Cast # votes?" />}
          action={<Trans>Cast them</Trans>}
          isPending={isPending}
          refusal={error === null ? null : <RefusalNotice error={error} />}
          onAct={() => mutate()}
          onClose={() => setIsAsking(false)}
        >
          <p>
            {decision.stations === "overrides" ? (
              <Trans>
                Each is counted, also in place of a vote that the voter has cast before.
              </Trans>
            ) : (
              <Trans>
                Each is counted where the voter has not voted, and refused where one has.
              </Trans>
            )}{" "}
            <Trans>Save the receipts afterwards: they are shown once, and are the voters’.</Trans>
          </p>
        </ConsequenceDialog>
      ) : null}
    </div>
  );
}

interface CastResultProps {
  id: string;
  answer: { accepted: number; repeated: number; refused: number };
  /** Of this batch and all before it on this page. */
  receipts: readonly object[];
}

function CastResult({ id, answer, receipts }: CastResultProps) {
  const { accepted, refused, repeated } = answer;
  const [saved, setSaved] = useState<readonly object[] | null>(null);
  useLeavingQuestion(saved !== receipts);
  const save = (): void => {
    const text = JSON.stringify(receipts, null, 1);
    saveFile(`${id}-receipts.json`, new Blob([text], { type: "application/json" }));
    setSaved(receipts);
  };
  return (
    <div role="status">
      <p>
        <Trans>
          Counted: {accepted + repeated}. Refused: {refused}.
        </Trans>
      </p>
      <button type="button" className="button" onClick={save}>
        <Trans>Save receipts and refusals</Trans>
      </button>
    </div>
  );
}
