import type { ReadProgress, WholeList } from "./whole-list.ts";

export interface WholeListReading {
  decisionId: string;
  signal: AbortSignal;
  onProgress: (progress: ReadProgress) => void;
}

export function readWholeList(_reading: WholeListReading): Promise<WholeList> {
  return Promise.reject(new Error("not yet"));
}
