import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import { useLeavingQuestion } from "../form/use-leaving-question.ts";
import type { RollMapping } from "./check/read-fields.ts";
import type { RollSums } from "./check/roll-checker.ts";
import { FileRefused } from "./file-refused.ts";
import type { RollReader } from "./roll-reader.ts";
import { rollQuery } from "./roll-queries.ts";
import type {
  FileChoice,
  FileFailure,
  FileSketch,
  RollCheck,
  RollTerms,
} from "./roll-worker-messages.ts";
import { findKeptUpload, forgetUpload, keepUpload } from "./upload/kept-upload.ts";
import { PieceUpload, type UploadStanding, type UploadState } from "./upload/piece-upload.ts";
import { uploadPorts } from "./upload/upload-ports.ts";

/** A file that was opened, and how it is taken. */
export interface OpenedFile {
  file: File;
  choice: FileChoice;
  sketch: FileSketch;
  mapping: RollMapping;
}

export type ImportStep =
  | { step: "choose"; failure: FileFailure | null }
  | { step: "opening" }
  | { step: "columns"; opened: OpenedFile; failure: FileFailure | null }
  | { step: "checking"; share: number }
  | { step: "checked"; opened: OpenedFile; check: RollCheck; kept: number[]; sums: RollSums }
  | { step: "upload"; state: UploadState };

/** An import of a roll, from the file to the platform. */
export interface RollImportRun {
  current: ImportStep;
  open: (file: File, choice?: FileChoice) => void;
  map: (mapping: RollMapping) => void;
  check: () => void;
  /** Goes back to the columns, where they are known. */
  back: () => void;
  /** Keeps this row of its voter in place of the first, or the first again. */
  keep: (lines: number[]) => void;
  problems: (words: Record<string, string>, heading: string[]) => Promise<Blob>;
  upload: () => void;
  goOn: () => void;
  cancel: () => void;
  restart: () => void;
}

export interface RollImportStart {
  decisionId: string;
  terms: RollTerms;
  /** An upload in pieces that the platform has the beginning of. */
  standing: UploadStanding | null;
}

/** Runs an import in a worker and over the network, one file at a time. */
export function useRollImport({ decisionId, terms, standing }: RollImportStart): RollImportRun {
  const [current, setCurrent] = useState<ImportStep>({ step: "choose", failure: null });
  const queryClient = useQueryClient();
  const reader = useRollReader();
  const opened = useRef<OpenedFile | null>(null);
  const running = useRef<PieceUpload | null>(null);

  const fail = useCallback((error: unknown): void => {
    const failure: FileFailure =
      error instanceof FileRefused ? error.failure : { reason: "broken", message: String(error) };
    const file = opened.current;
    const isEncoding = failure.reason === "encoding" && file !== null;
    setCurrent(
      isEncoding ? { step: "columns", opened: file, failure } : { step: "choose", failure },
    );
  }, []);

  const runCheck = async (file: OpenedFile): Promise<RollCheck> => {
    setCurrent({ step: "checking", share: 0 });
    const ask = { mapping: file.mapping, terms };
    return (await reader()).ask("check", ask, (share) => setCurrent({ step: "checking", share }));
  };

  const startUpload = (file: OpenedFile, kept: number[], from: UploadStanding | null): void => {
    const { fingerprint } = file.sketch;
    const { mapping, choice } = file;
    const about = { fileName: file.file.name, fingerprint, choice, mapping, kept };
    const upload = new PieceUpload(
      uploadPorts({
        decisionId,
        readPiece: async (piece) => (await reader()).ask("piece", { piece, kept }),
        keep: (at) => keepUpload(decisionId, { ...about, ...at }),
        forget: () => forgetUpload(decisionId),
      }),
      (state) => {
        setCurrent({ step: "upload", state });
        const isEnd = ["done", "refused", "cancelled"].includes(state.phase);
        if (isEnd) void queryClient.invalidateQueries({ queryKey: rollQuery(decisionId).queryKey });
      },
    );
    running.current = upload;
    void upload.run(from);
  };

  const openFile = async (file: File, choice: FileChoice): Promise<void> => {
    setCurrent({ step: "opening" });
    const sketch = await (await reader()).ask("open", { file, choice });
    const { columns, hasHeading, fingerprint } = sketch;
    const mapping = { columns, hasHeading, regionCodes: {} };
    const kept = findKeptUpload(decisionId);
    const isSame = kept?.fingerprint === fingerprint && kept.import === standing?.import;
    if (!isSame) {
      opened.current = { file, choice, sketch, mapping };
      setCurrent({ step: "columns", opened: opened.current, failure: null });
      return;
    }
    // The file whose upload was broken off, taken as it was then.
    const again = await (await reader()).ask("open", { file, choice: kept.choice });
    const same = { file, choice: kept.choice, sketch: again, mapping: kept.mapping };
    opened.current = same;
    await runCheck(same);
    startUpload(same, kept.kept, standing);
  };

  useEffect(() => () => running.current?.cancel(), []);
  useLeavingQuestion(current.step === "upload" && "share" in current.state);
  return {
    current,
    open: (file, choice = {}) => void openFile(file, choice).catch(fail),
    map(mapping) {
      if (opened.current === null) return;
      opened.current = { ...opened.current, mapping };
      setCurrent({ step: "columns", opened: opened.current, failure: null });
    },
    check() {
      const file = opened.current;
      if (file === null) return;
      void runCheck(file).then(
        (check) => setCurrent({ step: "checked", opened: file, check, kept: [], sums: check.sums }),
        fail,
      );
    },
    back() {
      if (opened.current !== null)
        setCurrent({ step: "columns", opened: opened.current, failure: null });
    },
    keep(kept) {
      // What was chosen is shown at once, and what it comes to when the worker has said it.
      setCurrent((shown) => (shown.step === "checked" ? { ...shown, kept } : shown));
      void reader()
        .then((worker) => worker.ask("settle", { kept }))
        .then(
          (sums) => setCurrent((shown) => (shown.step === "checked" ? { ...shown, sums } : shown)),
          fail,
        );
    },
    problems: async (words, heading) => (await reader()).ask("problems", { words, heading }),
    upload() {
      if (current.step === "checked") startUpload(current.opened, current.kept, null);
    },
    goOn: () => running.current?.goOn(),
    cancel: () => running.current?.cancel(),
    restart() {
      running.current?.cancel();
      opened.current = null;
      setCurrent({ step: "choose", failure: null });
    },
  };
}

/** The worker, started when it is first asked, and ended with the page. */
function useRollReader(): () => Promise<RollReader> {
  const started = useRef<Promise<RollReader> | null>(null);
  useEffect(
    () => () => {
      void started.current?.then((reader) => reader.close());
      started.current = null;
    },
    [],
  );
  return useCallback(() => {
    started.current ??= startReader();
    return started.current;
  }, []);
}

async function startReader(): Promise<RollReader> {
  const { rollReader } = await import("./roll-reader.ts");
  const { startRollWorker } = await import("./start-roll-worker.ts");
  return rollReader(startRollWorker());
}
