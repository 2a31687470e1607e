import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { outcomeQuery } from "../api/queries.ts";
import { useReadApi } from "../api/read-api-context.ts";
import type { ApiOutcome, ApiResults } from "../contract.ts";
import { readOutcomes } from "./read-outcomes.ts";

/**
 * The outcome of a decision, read again as its results move on; undefined where none is known, as
 * while counts are hidden.
 */
export function useOutcome(
  id: string,
  results: Pick<ApiResults, "version" | "shows"> | null,
): ApiOutcome | undefined {
  const ask = useReadApi();
  const queryClient = useQueryClient();
  const { data: outcome } = useQuery({ ...outcomeQuery(ask, id), enabled: false });
  const reader = useRef<ReturnType<typeof readOutcomes>>(undefined);

  useEffect(() => {
    const query = outcomeQuery(ask, id);
    const timers = new Set<number>();
    reader.current = readOutcomes(
      {
        readOutcome: () => queryClient.fetchQuery({ ...query, staleTime: 0, retry: false }),
        setTimer: (act, ms) => {
          const timer = window.setTimeout(() => {
            timers.delete(timer);
            act();
          }, ms);
          timers.add(timer);
        },
      },
      queryClient.getQueryData(query.queryKey),
    );
    return () => {
      reader.current = undefined;
      for (const timer of timers) clearTimeout(timer);
    };
  }, [ask, id, queryClient]);

  const version = results?.version;
  const shows = results?.shows;
  useEffect(() => {
    if (version !== undefined && shows !== undefined) reader.current?.follow({ version, shows });
  }, [version, shows, id]);
  return outcome;
}
