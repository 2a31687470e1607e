import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import type { ApiChoiceCounts, PublishedBallots } from "../contract.ts";
import { RegionHead } from "../results/region-head.tsx";
import { RegionRow } from "../results/region-row.tsx";
import { ScaleSwitch, type BarScale } from "../results/scale-switch.tsx";
import { barCounts, ballotsIn } from "./choice-sums.ts";

export type BallotsByRegionProps = {
  ballots: Pick<PublishedBallots, "by_region" | "other_regions">;
  /** A region's name; its code where nobody knows it. */
  nameOf: (code: string) => string;
};

/** Ballots of each region as bars, and as the table that they are. */
export function BallotsByRegion({ ballots, nameOf }: BallotsByRegionProps) {
  const { t } = useLingui();
  const [scale, setScale] = useState<BarScale>("size");
  const { by_region: byRegion, other_regions: others } = ballots;
  const rowOf = (code: string, name: string, counts: ApiChoiceCounts) => ({
    code,
    name,
    counts: barCounts(counts),
    tally: {},
  });
  const rows = byRegion.map(({ region, counts }) =>
    region === null
      ? rowOf("", t`Region not published`, counts)
      : rowOf(`=${region}`, nameOf(region), counts),
  );
  if (ballotsIn(others) > 0) rows.push(rowOf("others", t`All other regions`, others));
  const largest = rows.reduce((most, { counts }) => (counts.all > most ? counts.all : most), 0n);
  return (
    <section className="regions" aria-labelledby="by-region">
      <div className="section-head">
        <h3 id="by-region">
          <Trans>By region</Trans>
        </h3>
        <ScaleSwitch scale={scale} onChange={setScale} />
      </div>
      <table role="table" aria-labelledby="by-region" aria-rowcount={rows.length + 1}>
        <RegionHead measure="ballots" />
        <tbody role="rowgroup">
          {rows.map((row, index) => (
            <RegionRow
              key={row.code}
              region={row}
              measure="ballots"
              scale={scale === "size" ? largest : row.counts.all}
              rowIndex={index + 2}
            />
          ))}
        </tbody>
      </table>
    </section>
  );
}
