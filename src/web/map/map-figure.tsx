import { useLingui } from "@lingui/react/macro";
import { memo, useId, useState, type KeyboardEvent } from "react";
import type { MapArea } from "./draw-areas.ts";
import type { MapClass } from "./map-class.ts";
import type { MapRegion } from "./map-regions.ts";
import { MapPatterns, patternOf } from "./map-patterns.tsx";
import { stepOf } from "./step-of-key.ts";

export type MapFigureProps = {
  areas: readonly MapArea[];
  regions: ReadonlyMap<string, MapRegion>;
  size: { width: number; height: number };
};

const markRadius = 4;

/**
 * The picture itself. It is a list box: arrow keys go from region to region, a pointer shows what it
 * is over, and each says its name and figures.
 */
export function MapFigure({ areas, regions, size: { width, height } }: MapFigureProps) {
  const { t } = useLingui();
  const id = useId();
  const [active, setActive] = useState<string | null>(null);
  const land = areas.filter(({ region }) => !regions.has(region));
  const drawn = areas.filter(({ region }) => regions.has(region));
  const order = drawn.map(({ region }) => region);
  const shown = active === null ? undefined : regions.get(active);
  const outlined = drawn.find(({ region }) => region === active);
  const optionId = (region: string): string => `${id}-${order.indexOf(region)}`;
  const onKeyDown = (event: KeyboardEvent): void => {
    const to = stepOf(event.key, { order, active });
    if (to === undefined) return;
    event.preventDefault();
    setActive(to);
  };
  return (
    <div className="map-figure">
      <div
        className="map-picture"
        role="listbox"
        tabIndex={0}
        aria-label={t`Regions on the map; arrow keys go from one to the next`}
        aria-activedescendant={shown === undefined ? undefined : optionId(shown.code)}
        onKeyDown={onKeyDown}
        onFocus={() => setActive(active ?? order[0] ?? null)}
        onBlur={() => setActive(null)}
        onPointerLeave={() => setActive(null)}
      >
        <svg viewBox={`0 0 ${width} ${height}`} role="presentation">
          <MapPatterns id={id} />
          <g role="presentation">
            {land.map(({ region, path }) => (
              <path key={region} className="map-land" d={path} role="presentation" />
            ))}
          </g>
          <g role="presentation">
            {drawn.map((area) => {
              const { name, words, mapClass } = regions.get(area.region) ?? noRegion;
              return (
                <RegionArea
                  key={area.region}
                  area={area}
                  optionId={optionId(area.region)}
                  label={t`${name}: ${words}`}
                  fill={patternOf(id, mapClass)}
                  isActive={area.region === active}
                  onPoint={setActive}
                />
              );
            })}
          </g>
          {outlined !== undefined && <Outline area={outlined} />}
        </svg>
      </div>
      <p className="map-readout" aria-hidden="true">
        {shown !== undefined && (
          <>
            <strong>
              <bdi>{shown.name}</bdi>
            </strong>{" "}
            {shown.words}
          </>
        )}
      </p>
    </div>
  );
}

const noRegion = { name: "", words: "", mapClass: "land" satisfies MapClass } as const;

type RegionAreaProps = {
  area: MapArea;
  optionId: string;
  label: string;
  fill: string;
  isActive: boolean;
  onPoint: (region: string) => void;
};

/** A thousand of them stay as they are while one changes. */
const RegionArea = memo(function RegionArea({
  area: { region, path, mark },
  optionId,
  label,
  fill,
  isActive,
  onPoint,
}: RegionAreaProps) {
  const point = (): void => onPoint(region);
  return (
    <g
      id={optionId}
      role="option"
      aria-selected={isActive}
      aria-label={label}
      className="map-area"
      data-region={region}
      onPointerEnter={point}
      onPointerDown={point}
    >
      <path d={path} fill={fill} />
      {mark !== null && <circle cx={mark[0]} cy={mark[1]} r={markRadius} fill={fill} />}
    </g>
  );
});

/** The border of the region that is looked at, above its neighbours. */
function Outline({ area: { path, mark } }: { area: MapArea }) {
  return (
    <g className="map-outline" role="presentation">
      <path d={path} />
      {mark !== null && <circle cx={mark[0]} cy={mark[1]} r={markRadius + 1} />}
    </g>
  );
}
