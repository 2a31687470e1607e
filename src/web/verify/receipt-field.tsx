import { Trans, useLingui } from "@lingui/react/macro";
import { useId, useState, type DragEvent } from "react";
import { readReceiptFile } from "./read-receipt-file.ts";

export type ReceiptFieldProps = {
  value: string;
  /** What is wrong with it; null where nothing is. */
  fault: string | null;
  onValue: (text: string) => void;
};

/** A receipt: pasted, opened or dropped as a file or as a picture of its QR code. */
export function ReceiptField({ value, fault, onValue }: ReceiptFieldProps) {
  const id = useId();
  const { fileFault, take, forget } = useReceiptFile(onValue);
  const [isOver, setOver] = useState(false);
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    void take(event.dataTransfer.files[0]);
  };
  const problem = fileFault ?? fault;
  return (
    <div
      className="receipt-field"
      data-over={isOver}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <label htmlFor={id}>
        <Trans>Receipt, if you have one</Trans>
      </label>
      <textarea
        id={id}
        rows={4}
        spellCheck={false}
        autoComplete="off"
        value={value}
        aria-describedby={`${id}-hint ${id}-fault`}
        aria-invalid={problem !== null}
        onChange={({ target }) => {
          forget();
          onValue(target.value);
        }}
      />
      <p id={`${id}-hint`} className="quiet-line">
        <Trans>
          Paste its text, or drop the file or a picture of its QR code here. It stays in this
          browser: nothing of it is sent.
        </Trans>
      </p>
      <p id={`${id}-fault`} className="field-fault" role="status">
        {problem}
      </p>
      <label className="button quiet file-button">
        <Trans>Open a file</Trans>
        <input
          type="file"
          className="unseen"
          accept="text/plain,application/json,image/*"
          onChange={({ target }) => {
            void take(target.files?.[0]);
            target.value = "";
          }}
        />
      </label>
    </div>
  );
}

/** Reads a receipt out of a file, and says why where there is none in it. */
function useReceiptFile(onValue: (text: string) => void) {
  const { t } = useLingui();
  const [fileFault, setFileFault] = useState<string | null>(null);
  const take = async (file: File | undefined): Promise<void> => {
    if (file === undefined) return;
    const read = await readReceiptFile(file);
    if (typeof read === "object") {
      setFileFault(null);
      onValue(read.text);
      return;
    }
    setFileFault(
      read === "no_pictures_here"
        ? t`This browser can’t read QR codes out of pictures. Scan the code with a phone: it is a link to this page.`
        : t`No receipt could be read from this file.`,
    );
  };
  return { fileFault, take, forget: () => setFileFault(null) };
}
