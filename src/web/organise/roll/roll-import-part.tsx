import { Trans, useLingui } from "@lingui/react/macro";
import { useEffect, useRef } from "react";
import type { ApiDecision } from "../../contract.ts";
import { formatInteger } from "../../i18n/format.ts";
import { Notice } from "../../ui/notice.tsx";
import { useSession } from "../session/use-session.ts";
import { CheckedStep } from "./checked-step.tsx";
import { ColumnStep } from "./column-step.tsx";
import { DropFile } from "./drop-file.tsx";
import { sayFileFailure } from "./failure-words.ts";
import type { ReadRollAnswer } from "./roll-queries.ts";
import type { RollTerms } from "./roll-worker-messages.ts";
import { findKeptUpload } from "./upload/kept-upload.ts";
import type { UploadStanding } from "./upload/piece-upload.ts";
import { UploadStep } from "./upload-step.tsx";
import { useRollImport, type RollImportRun } from "./use-roll-import.ts";

export type RollImportPartProps = { decision: ApiDecision; roll: ReadRollAnswer };

/** An import, step by step: the file, its columns, what is wrong with it, and the upload. */
export function RollImportPart({ decision, roll }: RollImportPartProps) {
  const { id } = useSession();
  const standing = standingOf(roll);
  const rollImport = useRollImport({ decisionId: decision.id, terms: termsOf(decision), standing });
  const { current, goOn } = rollImport;
  const heading = useRef<HTMLHeadingElement>(null);
  const lastStep = useRef(current.step);
  // The button that led here is gone, and the focus with it.
  useEffect(() => {
    if (lastStep.current === current.step) return;
    lastStep.current = current.step;
    heading.current?.focus();
  }, [current.step]);
  const isSignedOut = current.step === "upload" && current.state.phase === "signed_out";
  // Whoever has signed in again has another session.
  useEffect(() => {
    if (isSignedOut) goOn();
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [id]);
  return (
    <section className="roll-part" aria-labelledby="roll-import">
      <h2 id="roll-import" ref={heading} tabIndex={-1}>
        <Trans>Import a roll</Trans>
      </h2>
      <Step decision={decision} roll={roll} standing={standing} rollImport={rollImport} />
    </section>
  );
}

type StepProps = RollImportPartProps & {
  standing: UploadStanding | null;
  rollImport: RollImportRun;
};

function Step({ decision, roll, standing, rollImport }: StepProps) {
  const { current } = rollImport;
  switch (current.step) {
    case "choose":
    case "opening":
      return (
        <ChooseStep
          decision={decision}
          standing={standing}
          rollImport={rollImport}
          isOpening={current.step === "opening"}
        />
      );
    case "columns":
      return <ColumnStep decision={decision} rollImport={rollImport} {...current} />;
    case "checking":
      return <Checking share={current.share} />;
    case "checked":
      return (
        <CheckedStep decision={decision} before={roll.roll} rollImport={rollImport} {...current} />
      );
    default:
      return <UploadStep rollImport={rollImport} state={current.state} />;
  }
}

interface ChooseStepProps {
  decision: ApiDecision;
  standing: UploadStanding | null;
  rollImport: RollImportRun;
  isOpening: boolean;
}

function ChooseStep({ decision, standing, rollImport, isOpening }: ChooseStepProps) {
  const { i18n } = useLingui();
  const { current } = rollImport;
  const failure = current.step === "choose" ? current.failure : null;
  return (
    <>
      {standing === null ? null : <BrokenOff decisionId={decision.id} standing={standing} />}
      {failure === null ? null : (
        <Notice title={<Trans>The file was not read</Trans>} isProblem>
          <p>{sayFileFailure(i18n, failure)}</p>
        </Notice>
      )}
      <DropFile isBusy={isOpening} onFile={(file) => rollImport.open(file)} />
    </>
  );
}

function BrokenOff({ decisionId, standing }: { decisionId: string; standing: UploadStanding }) {
  const { i18n } = useLingui();
  const kept = findKeptUpload(decisionId);
  const pieces = formatInteger(i18n, standing.pieces);
  if (kept?.import !== standing.import) {
    return (
      <Notice title={<Trans>An upload is not finished</Trans>}>
        <p>
          <Trans>
            It was begun in another browser, and can go on there. The roll in force has not changed.
            An import that you begin here ends that upload.
          </Trans>
        </p>
      </Notice>
    );
  }
  const { fileName } = kept;
  return (
    <Notice title={<Trans>An upload was broken off</Trans>}>
      <p>
        <Trans>
          Of {fileName} the first {pieces} pieces are in. Choose the same file again, and the upload
          goes on where it stopped. Another file begins anew. Until all is in, the roll in force
          stays as it is.
        </Trans>
      </p>
    </Notice>
  );
}

function Checking({ share }: { share: number }) {
  const { t } = useLingui();
  return (
    <div className="roll-progress">
      <p role="status">
        <Trans>Reading and checking the file, on this computer alone.</Trans>
      </p>
      <progress max={1} value={share} aria-label={t`Checking the file`} />
    </div>
  );
}

/** Of an upload in pieces, where one was begun. */
function standingOf({ upload }: ReadRollAnswer): UploadStanding | null {
  return upload === null || upload.pieces === null
    ? null
    : { import: upload.import, pieces: upload.pieces };
}

function termsOf(decision: ApiDecision): RollTerms {
  return {
    regions: decision.regions.map(({ code, name }) => ({ code, name })),
    voterIds: decision.voter_ids,
    hasNames: decision.disclosure === "roll_call",
  };
}
