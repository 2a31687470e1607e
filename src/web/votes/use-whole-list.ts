import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { FetchedRows } from "./fetched-rows.ts";
import type { VoteFilter } from "./local-rows.ts";
import type { RowSource } from "./row-source.ts";
import {
  FilteredRows,
  type ReadProgress,
  type WholeList,
  type WholeListFault,
} from "./whole-list.ts";

export interface WholeListState {
  phase: "unread" | "reading" | "ready" | "failed";
  /** Whether it is wanted and somebody has to say that it may be read. */
  isWanted: boolean;
  progress: ReadProgress | null;
  /** What the filter lets through; null until that is known. */
  filtered: RowSource | null;
  /** What is wrong with the list that was read. */
  fault: WholeListFault | null;
  read: () => void;
  cancel: () => void;
}

export interface WholeListInput {
  /** Of the decision. */
  id: string;
  isWanted: boolean;
  filter: VoteFilter;
}

type Reading = { phase: WholeListState["phase"]; list: WholeList | null };

/** The whole list of counted votes, read in a Web Worker when somebody filters a long one. */
export function useWholeList({ id, isWanted, filter }: WholeListInput): WholeListState {
  const [{ phase, list }, setReading] = useState<Reading>({ phase: "unread", list: null });
  const [progress, setProgress] = useState<ReadProgress | null>(null);
  const [filtered, setFiltered] = useState<{ filter: VoteFilter; rows: RowSource } | null>(null);
  const stopping = useRef<AbortController | null>(null);

  const read = useCallback(() => {
    const stop = new AbortController();
    stopping.current?.abort();
    stopping.current = stop;
    setProgress(null);
    setReading({ phase: "reading", list: null });
    void readOnThread(id, stop.signal, setProgress).then(
      (whole) => setReading({ phase: "ready", list: whole }),
      () => stop.signal.aborted || setReading({ phase: "failed", list: null }),
    );
  }, [id]);
  const cancel = useCallback(() => {
    stopping.current?.abort();
    setReading({ phase: "unread", list: null });
  }, []);
  useEffect(() => () => stopping.current?.abort(), []);
  useEffect(() => () => list?.close(), [list]);

  useEffect(() => {
    if (!isWanted || list === null || list.fault === "outcome") return undefined;
    let isCurrent = true;
    void list.filter(filter).then(
      (rows) => isCurrent && setFiltered({ filter, rows: new FetchedRows(new FilteredRows(rows)) }),
      () => isCurrent && setReading({ phase: "failed", list: null }),
    );
    return () => {
      isCurrent = false;
    };
  }, [isWanted, list, filter]);
  const rows = filtered?.filter === filter ? filtered.rows : null;
  const fault = list?.fault ?? null;
  return useMemo(
    () => ({ phase, isWanted, progress, filtered: rows, fault, read, cancel }),
    [phase, isWanted, progress, rows, fault, read, cancel],
  );
}

async function readOnThread(
  decisionId: string,
  signal: AbortSignal,
  onProgress: (progress: ReadProgress) => void,
): Promise<WholeList> {
  const { readWholeList } = await import("./read-whole-list.ts");
  return readWholeList({ decisionId, signal, onProgress });
}
