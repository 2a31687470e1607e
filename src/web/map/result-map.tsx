import { Trans, useLingui } from "@lingui/react/macro";
import { useEffect, useRef, useState, type ComponentType } from "react";
import type { ApiDecision } from "../contract.ts";
import { measuresOf } from "../results/measure.ts";
import { useLiveResults } from "../results/use-live-results.ts";
import { mayBeCountries } from "./find-countries.ts";
import type { DrawnMapProps } from "./drawn-map.tsx";
import "./map.css";

export type ResultMapProps = { decision: ApiDecision };

/** A reader who scrolls meets the picture drawn: it is loaded as far before. */
const loadAhead = "600px";

type Drawn = ComponentType<DrawnMapProps>;

/**
 * The place of a map of the results, beside their table. What draws it, and the shapes, come once
 * it is nearly in sight, in browsers alone.
 */
export default function ResultMap({ decision }: ResultMapProps) {
  const { t } = useLingui();
  const { results } = useLiveResults(decision.id);
  const place = useRef<HTMLElement>(null);
  const [Drawn, setDrawn] = useState<Drawn | null>(null);
  const [isNone, setIsNone] = useState(
    () => decision.map === null && !mayBeCountries(decision.regions),
  );
  useEffect(() => {
    if (place.current === null) return undefined;
    const observer = new IntersectionObserver(
      ([entry]) => {
        if (!entry?.isIntersecting) return;
        observer.disconnect();
        void importDrawn().then(
          (component) => component !== null && setDrawn(() => component),
          () => setIsNone(true),
        );
      },
      { rootMargin: loadAhead },
    );
    observer.observe(place.current);
    return () => observer.disconnect();
  }, []);
  if (isNone || results === null || results.shows === "nothing") return null;
  const [measure = "ballots"] = measuresOf(decision);
  return (
    <section className="result-map" ref={place} aria-label={t`Map of the regions`}>
      <h2>
        <Trans>On the map</Trans>
      </h2>
      {Drawn === null ? (
        <div className="map-space" />
      ) : (
        <Drawn
          decision={decision}
          results={results}
          measure={measure}
          onNone={() => setIsNone(true)}
        />
      )}
    </section>
  );
}

/** Nothing of it is part of the Worker, which draws no maps. */
async function importDrawn(): Promise<Drawn | null> {
  if (import.meta.env.SSR) return null;
  const { DrawnMap } = await import("./drawn-map.tsx");
  return DrawnMap;
}
