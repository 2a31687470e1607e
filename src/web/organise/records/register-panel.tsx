import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import type { ApiDecision } from "../../contract.ts";
import { saveFile } from "../../exports/save-file.ts";
import { VotersDrop } from "../ballots/voters-drop.tsx";
import { guessColumns } from "../ballots/voter-columns.ts";
import type { VoterTable } from "../ballots/voter-table.ts";
import { readVotersFile, type FileFault } from "../ballots/voters-file.ts";
import { ConsequenceDialog } from "../dialog/consequence-dialog.tsx";
import { RefusalNotice } from "../running/refusal-notice.tsx";
import { askMarksOf, addMarks } from "./add-marks.ts";

type ChosenFile = { fileName: string; table: VoterTable | null; fileFault: FileFault | null };
const noFile: ChosenFile = { fileName: "", table: null, fileFault: null };

/** Marks in a file of voters who has voted: after the close, and recorded publicly. */
export function RegisterPanel({ decision: { id } }: { decision: ApiDecision }) {
  const { t } = useLingui();
  const [chosen, setChosen] = useState(noFile);
  const [isAsking, setIsAsking] = useState(false);
  const [done, setDone] = useState(0);
  const { table } = chosen;
  const voterId = table === null ? -1 : guessColumns(table.columns).voterId;
  const { mutate, error, isPending } = useMutation({
    mutationFn: async (register: VoterTable) => {
      const text = await addMarks({
        table: register,
        voterId,
        columnName: t`voted`,
        ask: askMarksOf(id),
        onProgress: setDone,
      });
      saveFile(`${id}-marked-register.csv`, new Blob([text], { type: "text/csv" }));
    },
    onSuccess: () => setIsAsking(false),
  });
  const choose = async (file: File): Promise<void> => {
    const read = await readVotersFile(file).catch(() => "unreadable" as const);
    const isFault = typeof read === "string";
    setChosen({
      fileName: file.name,
      table: isFault ? null : read,
      fileFault: isFault ? read : null,
    });
  };
  return (
    <section className="running-part" aria-labelledby="register-title">
      <h2 id="register-title">
        <Trans>Who has voted</Trans>
      </h2>
      <p>
        <Trans>
          Your list of voters comes back with a column more, yes or no. It says who has voted, also
          who took the vote back, and never how.
        </Trans>
      </p>
      <VotersDrop {...chosen} onFile={(file) => void choose(file)} />
      {table !== null && voterId < 0 ? (
        <p className="form-error" role="alert">
          <Trans>No column names the voters: call it voter_id, as in the roll.</Trans>
        </p>
      ) : null}
      <button
        type="button"
        className="button"
        disabled={table === null || voterId < 0}
        onClick={() => setIsAsking(true)}
      >
        <Trans>Mark who has voted …</Trans>
      </button>
      {isAsking && table !== null ? (
        <ConsequenceDialog
          title={
            <Plural
              value={table.rows.length}
              one="Ask whether # voter has voted?"
              other="Ask whether # voters have voted?"
            />
          }
          action={
            isPending ? (
              <Trans>
                {done} of {table.rows.length} …
              </Trans>
            ) : (
              <Trans>Ask, and record it publicly</Trans>
            )
          }
          isPending={isPending}
          refusal={error === null ? null : <RefusalNotice error={error} />}
          onAct={() => mutate(table)}
          onClose={() => setIsAsking(false)}
        >
          <p>
            <Trans>
              Of how many voters you asked, and when, is public for ever. The file is saved on this
              device alone: whoever has it knows who stayed away.
            </Trans>
          </p>
        </ConsequenceDialog>
      ) : null}
    </section>
  );
}
