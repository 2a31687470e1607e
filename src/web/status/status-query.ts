import { queryOptions } from "@tanstack/react-query";
import { readResource, type ReadApi } from "../api/read-api.ts";
import type { ApiStatus } from "../contract.ts";

/** Checks come once a minute; each is shown soon after it. */
const refreshMs = 15_000;

/** Whether what follows from the record still agrees with it. */
export function statusQuery(ask: ReadApi) {
  return queryOptions({
    queryKey: ["status"],
    queryFn: ({ signal }) => readResource<ApiStatus>(ask, "/api/v1/status", signal),
    refetchInterval: refreshMs,
  });
}
