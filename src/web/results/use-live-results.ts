import { useQueryClient, type QueryClient } from "@tanstack/react-query";
import { useSyncExternalStore } from "react";
import { resultsQuery } from "../api/queries.ts";
import { useReadApi } from "../api/read-api-context.ts";
import type { ReadApi } from "../api/read-api.ts";
import { browserLivePorts } from "./browser-live-ports.ts";
import { LiveStore, type LiveState } from "./live-store.ts";

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

/**
 * A decision's result, followed live for as long as a component that calls this is on the page; all
 * that do share one stream. `retry` begins anew where `error` says that nothing could be read.
 */
export function useLiveResults(decisionId: string): LiveState & { retry: () => void } {
  const store = storeFor(useQueryClient(), useReadApi(), decisionId);
  const state = useSyncExternalStore(store.subscribe, store.state, store.firstState);
  return { ...state, retry: store.retry };
}
