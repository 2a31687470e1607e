import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { decisionQuery } from "../api/queries.ts";
import { useReadApi } from "../api/read-api-context.ts";
import type { ApiDecision } from "../contract.ts";
import { keepCurrent } from "./keep-current.ts";

const tickMs = 1_000;

/** Reads a decision again when what is shown of it says too little; `now` is the server's time. */
export function useCurrentDecision(decision: ApiDecision, now: () => number): void {
  const ask = useReadApi();
  const queryClient = useQueryClient();
  const shown = useRef({ decision, now });
  useEffect(() => {
    shown.current = { decision, now };
  });
  useEffect(() => {
    const query = decisionQuery(ask, decision.id);
    const timers = new Set<number>();
    const setTimer = (act: () => void, ms: number): void => {
      const timer = window.setTimeout(() => {
        timers.delete(timer);
        act();
      }, ms);
      timers.add(timer);
    };
    const current = keepCurrent({
      readDecision: () => queryClient.fetchQuery({ ...query, staleTime: 0, retry: false }),
      setTimer,
      random: Math.random,
    });
    const ticking = setInterval(
      () => current.tick(shown.current.decision, shown.current.now()),
      tickMs,
    );
    return () => {
      clearInterval(ticking);
      for (const timer of timers) clearTimeout(timer);
    };
  }, [ask, decision.id, queryClient]);
}
