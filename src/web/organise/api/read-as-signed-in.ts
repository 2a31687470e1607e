import { readTimeoutMs, type ReadApi } from "../../api/read-api.ts";

/** Reads as whoever is signed in, so that drafts and what else is theirs is there. */
export const readAsSignedIn: ReadApi = (path, signal) => {
  const timeout = AbortSignal.timeout(readTimeoutMs);
  return fetch(path, {
    cache: "no-store",
    credentials: "same-origin",
    headers: { accept: "application/json" },
    signal: signal === undefined ? timeout : AbortSignal.any([signal, timeout]),
  });
};
