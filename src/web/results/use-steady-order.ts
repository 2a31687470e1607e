import { useEffect, useRef, useState } from "react";
import type { RankedRegion } from "./rank-regions.ts";
import { inPlaces, placesOf } from "./steady-order.ts";

/** An eye needs a few seconds to find a row again. */
const orderRestMs = 3_000;

/**
 * Holds an order still for a while, so that two regions that overtake each other with every vote do
 * not dance. Figures and bars stay exact meanwhile; only their places wait.
 */
export function useSteadyOrder(ranked: readonly RankedRegion[]): readonly RankedRegion[] {
  const [places, setPlaces] = useState(() => placesOf(ranked));
  const newest = useRef(ranked);
  useEffect(() => {
    newest.current = ranked;
  }, [ranked]);
  useEffect(() => {
    const timer = setInterval(
      () =>
        setPlaces((before) => {
          const after = placesOf(newest.current);
          return [...before.keys()].join() === [...after.keys()].join() ? before : after;
        }),
      orderRestMs,
    );
    return () => clearInterval(timer);
  }, []);
  return inPlaces(ranked, places);
}
