import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { useEffect, useId, useState } from "react";
import { Button, DropZone, FileTrigger, Text } from "react-aria-components";
import { parseMap } from "../../../map/bound-map.ts";
import type { RegionShape } from "../../../map/region-map.ts";
import { shapesOfMap } from "../../../map/shapes-of-map.ts";
import { Refusal } from "../../api/read-api.ts";
import { refusalText } from "../../api/refusal-text.ts";
import type { ApiDecision } from "../../contract.ts";
import "../../map/map.css";
import { findCountries } from "../../map/find-countries.ts";
import "./map-field.css";
import { readMap, sendMap, takeMapAway } from "./map-calls.ts";
import { MapPreviewFigure } from "./map-preview.tsx";
import { mapRefusalWords } from "./map-refusal-words.ts";
import { MapFileRefused, previewMap, readMapFile, type MapFile } from "./read-map-file.ts";

export type MapFieldProps = {
  /** A draft as it is saved: its regions are what the map's areas are held against. */
  decision: Pick<ApiDecision, "id" | "regions" | "map">;
  /** After the map was put in force or taken away, for whoever shows the decision. */
  onChanged: () => void;
};

type Chosen = { file: MapFile; property: string | null };

/** The map of a draft's regions: chosen from a file, looked at, put in force, taken away. */
export function MapField({ decision, onChanged }: MapFieldProps) {
  const { i18n, t } = useLingui();
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const codes = decision.regions.map(({ code }) => code);
  const take = async (file: File): Promise<void> => {
    setFailure(null);
    setChosen(null);
    try {
      const text = await file.text();
      const read = readMapFile({ name: file.name, bytes: file.size, text }, codes);
      setChosen({ file: read, property: read.naming[0]?.property ?? null });
    } catch (error) {
      const code = error instanceof MapFileRefused ? error.code : "not_json";
      setFailure(mapRefusalWords(i18n, code));
    }
  };
  const change = async (call: () => Promise<unknown>): Promise<void> => {
    setFailure(null);
    setIsBusy(true);
    try {
      await call();
      setChosen(null);
      onChanged();
    } catch (error) {
      setFailure(failureWords(error));
    } finally {
      setIsBusy(false);
    }
  };
  const failureWords = (error: unknown): string => {
    if (!(error instanceof Refusal))
      return t`The service did not answer. Nothing was changed; try again.`;
    return mapRefusalWords(i18n, error.problem.code) ?? refusalText(i18n, error.problem);
  };
  return (
    <section className="form-field map-field" aria-labelledby="map-field-title">
      <h2 id="map-field-title">
        <Trans>Map of the regions</Trans>
      </h2>
      <MapHint decision={decision} />
      {decision.map !== null && chosen === null && (
        <CurrentMap
          decision={decision}
          isBusy={isBusy}
          onTakeAway={() => void change(() => takeMapAway(decision.id))}
        />
      )}
      {chosen !== null && (
        <ChosenMap
          chosen={chosen}
          decision={decision}
          isBusy={isBusy}
          onProperty={(property) => setChosen({ ...chosen, property })}
          onUse={() =>
            void change(() => sendMap(decision.id, chosen.file.document, chosen.property))
          }
        />
      )}
      {failure !== null && (
        <p className="form-error" role="alert">
          {failure}
        </p>
      )}
      <MapDrop isBusy={isBusy} onFile={(file) => void take(file)} />
    </section>
  );
}

function MapHint({ decision: { regions, map } }: Pick<MapFieldProps, "decision">) {
  return (
    <p className="form-hint">
      {map === null && findCountries(regions) !== null ? (
        <Trans>
          Your regions are countries: results are drawn on a map without a file of yours.
        </Trans>
      ) : (
        <Trans>
          With a map, results are drawn region by region beside their table. It is frozen when the
          decision opens, and everybody can see it from then on.
        </Trans>
      )}
    </p>
  );
}

type CurrentMapProps = Pick<MapFieldProps, "decision"> & {
  isBusy: boolean;
  onTakeAway: () => void;
};

function CurrentMap({ decision, isBusy, onTakeAway }: CurrentMapProps) {
  const [shapes, setShapes] = useState<readonly RegionShape[] | null>(null);
  const { id, map } = decision;
  const hash = map?.hash;
  useEffect(() => {
    let isLeft = false;
    const show = async (): Promise<void> => {
      const text = await readMap(id);
      if (!isLeft) setShapes(text === null ? null : shapesOfMap(parseMap(text)));
    };
    // That it is there is said anyway; it can be replaced and taken away unseen.
    show().catch(() => setShapes(null));
    return () => {
      isLeft = true;
    };
  }, [id, hash]);
  return (
    <>
      <p>
        <Trans>This map is in force.</Trans>
      </p>
      {shapes !== null && <MapPreviewFigure shapes={shapes} regions={decision.regions} />}
      <button type="button" className="button" disabled={isBusy} onClick={onTakeAway}>
        <Trans>Take the map away</Trans>
      </button>
    </>
  );
}

type ChosenMapProps = Pick<MapFieldProps, "decision"> & {
  chosen: Chosen;
  isBusy: boolean;
  onProperty: (property: string | null) => void;
  onUse: () => void;
};

/** The value of the choice that is a feature's id; no property's name begins so. */
const idOption = "\0id";

function ChosenMap({ chosen, decision, isBusy, onProperty, onUse }: ChosenMapProps) {
  const { i18n, t } = useLingui();
  const id = useId();
  const { file, property } = chosen;
  const codes = decision.regions.map(({ code }) => code);
  const preview = previewMap(file, property, codes);
  const all = codes.length;
  return (
    <>
      <p role="status">
        <Trans>
          File: <bdi>{file.name}</bdi>
        </Trans>
      </p>
      <label htmlFor={id}>
        <Trans>What names the region of each area</Trans>
      </label>
      <select
        id={id}
        value={property ?? idOption}
        onChange={({ target }) => onProperty(target.value === idOption ? null : target.value)}
      >
        {file.naming.map(({ property: each, named }) => (
          <option key={each ?? idOption} value={each ?? idOption}>
            {each === null
              ? t`The area's id: ${named} of ${all} regions`
              : t`${each}: ${named} of ${all} regions`}
          </option>
        ))}
      </select>
      {preview.kind === "refused" ? (
        <div className="form-error" role="alert">
          <p>{mapRefusalWords(i18n, preview.code)}</p>
          {preview.faults.length > 0 && (
            <ul>
              {preview.faults.map(({ pointer, detail }) => (
                <li key={pointer}>
                  <code>{pointer}</code> <span lang="en">{detail}</span>
                </li>
              ))}
            </ul>
          )}
        </div>
      ) : (
        <>
          <MapPreviewFigure shapes={preview.shapes} regions={decision.regions} />
          <FitNotes
            missing={namesOf(preview.missing, decision)}
            unknown={preview.unknown}
            islandsLeftOut={preview.islandsLeftOut}
          />
          <button type="button" className="button strong" disabled={isBusy} onClick={onUse}>
            <Trans>Use this map</Trans>
          </button>
        </>
      )}
    </>
  );
}

function namesOf(codes: readonly string[], { regions }: Pick<ApiDecision, "regions">): string[] {
  const names = new Map(regions.map(({ code, name }) => [code, name || code]));
  return codes.map((code) => names.get(code) ?? code);
}

type FitNotesProps = {
  missing: readonly string[];
  unknown: readonly string[];
  islandsLeftOut: number;
};

/** Names in one sentence; the rest is counted. */
const namedMax = 12;

function FitNotes({ missing, unknown, islandsLeftOut }: FitNotesProps) {
  const { i18n } = useLingui();
  const list = (names: readonly string[]): string => {
    const shown = names.length > namedMax ? [...names.slice(0, namedMax), "…"] : names;
    return new Intl.ListFormat(i18n.locale, { type: "conjunction" }).format(shown);
  };
  return (
    <ul className="map-notes">
      <li>
        {missing.length === 0 ? (
          <Trans>Every region of the decision is on the map.</Trans>
        ) : (
          <Trans>Not on the map, and in the table alone: {list(missing)}.</Trans>
        )}
      </li>
      {unknown.length > 0 && (
        <li>
          <Trans>No region of the decision, and drawn as land: {list(unknown)}.</Trans>
        </li>
      )}
      {islandsLeftOut > 0 && (
        <li>
          <Plural
            value={islandsLeftOut}
            one="# small area is left out."
            other="# small areas are left out."
          />
        </li>
      )}
    </ul>
  );
}

/** As much of what was dropped as is used. */
interface DroppedItem {
  kind: string;
  getFile?: () => Promise<File>;
}

type MapDropProps = { isBusy: boolean; onFile: (file: File) => void };

function MapDrop({ isBusy, onFile }: MapDropProps) {
  const { t } = useLingui();
  const take = async (items: readonly DroppedItem[]): Promise<void> => {
    const item = items.find(({ kind }) => kind === "file");
    if (item?.getFile !== undefined) onFile(await item.getFile());
  };
  return (
    <DropZone
      className="map-drop"
      aria-label={t`Place to drop a file`}
      isDisabled={isBusy}
      onDrop={({ items }) => void take(items)}
    >
      <Text slot="label">
        <Trans>Drop a GeoJSON file with an area for each region here, or choose one.</Trans>
      </Text>
      <FileTrigger
        acceptedFileTypes={[".geojson", ".json"]}
        onSelect={(files) => {
          const file = files?.[0];
          if (file !== undefined) onFile(file);
        }}
      >
        <Button className="button" isDisabled={isBusy}>
          <Trans>Choose a map</Trans>
        </Button>
      </FileTrigger>
    </DropZone>
  );
}
