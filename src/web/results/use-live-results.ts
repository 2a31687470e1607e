import { useQueryClient, type QueryClient } from "@tanstack/react-query";
import { useSyncExternalStore } from "react";
import { resultsQuery } from "../api/queries.ts";
import { useReadApi } from "../api/read-api-context.ts";
import type { ReadApi } from "../api/read-api.ts";
import { browserLivePorts } from "./browser-live-ports.ts";
import { LiveStore, type LiveState } from "./live-store.ts";
import { localClock } from "./server-clock.ts";

/** The stores of each page's data: a Worker has one for each request, a browser one in all. */
const storesOf = new WeakMap<QueryClient, Map<string, LiveStore>>();

function storeFor(queryClient: QueryClient, ask: ReadApi, decisionId: string): LiveStore {
  const stores = storesOf.get(queryClient) ?? new Map<string, LiveStore>();
  storesOf.set(queryClient, stores);
  const found = stores.get(decisionId);
  if (found !== undefined) return found;
  const read = queryClient.getQueryData(resultsQuery(ask, decisionId).queryKey);
  const store = new LiveStore(() => browserLivePorts(ask, decisionId), read);
  stores.set(decisionId, store);
  return store;
}

/** Of what has no result yet, or none at all. */
const nothingToFollow = {
  subscribe: () => () => {},
  state: (): LiveState => noState,
  firstState: (): LiveState => noState,
  retry: () => {},
};
const noState: LiveState = {
  results: null,
  clock: localClock,
  connection: { kind: "connecting" },
  error: null,
};

/**
 * A decision's result, followed live for as long as a component that calls this is on the page; all
 * that do share one stream. Null follows nothing. `retry` begins anew where `error` says that
 * nothing could be read.
 */
export function useLiveResults(decisionId: string | null): LiveState & { retry: () => void } {
  const [queryClient, ask] = [useQueryClient(), useReadApi()];
  const store = decisionId === null ? nothingToFollow : storeFor(queryClient, ask, decisionId);
  const state = useSyncExternalStore(store.subscribe, store.state, store.firstState);
  return { ...state, retry: store.retry };
}
