import { Plural, Trans, useLingui } from "@lingui/react/macro";
import type { I18n } from "@lingui/core";
import type { ReactNode } from "react";
import { formatInteger, pluralOf } from "../../i18n/format.ts";
import { Announcer } from "../../ui/announcer.tsx";
import { Notice } from "../../ui/notice.tsx";
import { sayFileFailure, sayUploadRefusal } from "./failure-words.ts";
import type { RollImportAnswer, UploadState } from "./upload/piece-upload.ts";
import type { RollImportRun } from "./use-roll-import.ts";

export type UploadStepProps = { state: UploadState; rollImport: RollImportRun };

/** An upload: how far it is, what holds it up, and what it came to. */
export function UploadStep({ state, rollImport }: UploadStepProps) {
  const { i18n } = useLingui();
  switch (state.phase) {
    case "done":
      return <Done answer={state.answer} rollImport={rollImport} />;
    case "refused":
      return (
        <Ended title={<Trans>The roll was not imported</Trans>} rollImport={rollImport} isProblem>
          {sayUploadRefusal(i18n, state.problem)}
        </Ended>
      );
    case "unreadable":
      return (
        <Ended title={<Trans>The file was not read</Trans>} rollImport={rollImport} isProblem>
          {sayFileFailure(i18n, state.failure)}
        </Ended>
      );
    case "cancelled":
      return (
        <Ended title={<Trans>The upload was stopped</Trans>} rollImport={rollImport}>
          <Trans>
            The roll in force has not changed. If you choose the same file again, the upload goes on
            where it stopped.
          </Trans>
        </Ended>
      );
    default:
      return <UnderWay state={state} rollImport={rollImport} />;
  }
}

type UnderWayState = Extract<UploadState, { share: number }>;

function UnderWay({ state, rollImport }: { state: UnderWayState; rollImport: RollImportRun }) {
  const { i18n, t } = useLingui();
  const { phase, rows, share } = state;
  const percent = wholePercent(i18n, share);
  const count = formatInteger(i18n, rows);
  const isHeldUp = phase === "waiting" || phase === "broken";
  return (
    <div className="roll-progress">
      <p>
        {phase === "finishing" ? (
          <Trans>All rows are in. The roll is being put in force.</Trans>
        ) : (
          <>
            <Plural
              value={pluralOf(rows)}
              one={`${count} row is in: ${percent} of the file.`}
              other={`${count} rows are in: ${percent} of the file.`}
            />{" "}
            <Trans>Leave this page open until it is done.</Trans>
          </>
        )}
      </p>
      <progress max={1} value={share} aria-label={t`Uploading the roll`} />
      {isHeldUp ? <HeldUp state={state} onGoOn={() => rollImport.goOn()} /> : null}
      {phase === "signed_out" ? (
        <Notice title={<Trans>You were signed out</Trans>} isProblem>
          <p>
            <Trans>What was uploaded is kept. Sign in again, and the upload goes on.</Trans>
          </p>
          <button type="button" className="button" onClick={() => rollImport.goOn()}>
            <Trans>Sign in and go on</Trans>
          </button>
        </Notice>
      ) : null}
      <button type="button" className="button" onClick={() => rollImport.cancel()}>
        <Trans>Stop the upload</Trans>
      </button>
      <Announcer text={t`${percent} uploaded`} quietMs={10_000} />
    </div>
  );
}

/** Cut, so that nothing is said to be all before it is. */
function wholePercent({ locale }: I18n, share: number): string {
  const format = new Intl.NumberFormat(locale, { style: "percent" });
  return format.format(Math.floor(share * 100) / 100);
}

function HeldUp({ state, onGoOn }: { state: UnderWayState; onGoOn: () => void }) {
  const { i18n } = useLingui();
  const isWaiting = state.phase === "waiting";
  const seconds = isWaiting ? formatInteger(i18n, Math.ceil(state.ms / 1_000)) : "";
  return (
    <Notice title={<Trans>No answer comes</Trans>} isProblem={!isWaiting}>
      <p>
        {isWaiting ? (
          <Trans>
            The line or the server is gone. What is uploaded is kept. It is tried again by itself
            within {seconds} seconds.
          </Trans>
        ) : (
          <Trans>
            It was tried ten times. What is uploaded is kept. Check your connection, then go on.
          </Trans>
        )}
      </p>
      <button type="button" className="button" onClick={onGoOn}>
        {isWaiting ? <Trans>Try now</Trans> : <Trans>Go on</Trans>}
      </button>
    </Notice>
  );
}

interface EndedProps {
  title: ReactNode;
  children: ReactNode;
  rollImport: RollImportRun;
  isProblem?: boolean;
}

function Ended({ title, children, rollImport, isProblem = false }: EndedProps) {
  return (
    <Notice title={title} isProblem={isProblem}>
      <p>{children}</p>
      <button type="button" className="button" onClick={() => rollImport.restart()}>
        <Trans>Choose a file</Trans>
      </button>
    </Notice>
  );
}

function Done({ answer, rollImport }: { answer: RollImportAnswer; rollImport: RollImportRun }) {
  const { i18n } = useLingui();
  const { voters } = answer.roll;
  const [count, refused] = [formatInteger(i18n, voters), formatInteger(i18n, answer.refused)];
  return (
    <Notice
      title={
        <Plural
          value={pluralOf(voters)}
          one={`${count} voter is on the roll`}
          other={`${count} voters are on the roll`}
        />
      }
    >
      <p>
        {answer.refused === 0 ? (
          <Trans>Every row was loaded. The figures above are those of the new roll.</Trans>
        ) : (
          <Plural
            value={pluralOf(answer.refused)}
            one={`${refused} row was left out: see above.`}
            other={`${refused} rows were left out: see above.`}
          />
        )}
      </p>
      <button type="button" className="button" onClick={() => rollImport.restart()}>
        <Trans>Import another file</Trans>
      </button>
    </Notice>
  );
}
