import type { I18n } from "@lingui/core";
import { t } from "@lingui/core/macro";
import type { MapArea } from "../map/draw-areas.ts";
import type { MapClass } from "../map/map-class.ts";
import { classesOnMap } from "../map/map-legend.tsx";
import { mapClassWords, type MapRegion } from "../map/map-regions.ts";
import { mapTextures, type MapInk } from "../map/map-textures.ts";
import { pictureFrame, pictureMargin, pictureWidth, type PictureSubject } from "./picture-frame.ts";
import { ink, type Picture, type Shape, type Texture } from "./picture.ts";

export type MapPictureSubject = PictureSubject & {
  areas: readonly MapArea[];
  regions: ReadonlyMap<string, MapRegion>;
  source: "organiser" | "countries";
};

/** The size of the map itself within its picture. */
export const mapPictureSize = { width: pictureWidth - 2 * pictureMargin, height: 600 };

const legendRow = 36;
const legendColumns = 2;
const markRadius = 5;

/** The map as a picture, with its legend and with whose borders they are. */
export function mapPicture(i18n: I18n, subject: MapPictureSubject): Picture {
  const { shapes, top } = pictureFrame(i18n, subject);
  const { areas, regions, isFinal, source } = subject;
  const place = { x: pictureMargin, y: top };
  const classes = classesOnMap({ regions, areas });
  const legendTop = top + mapPictureSize.height + 30;
  const rows = Math.ceil(classes.length / legendColumns);
  const bottom = legendTop + rows * legendRow;
  const borders =
    source === "countries"
      ? t(i18n)`Borders are as Natural Earth draws them.`
      : t(i18n)`The organiser has drawn the borders.`;
  return {
    title: subject.title,
    width: pictureWidth,
    height: bottom + 60,
    shapes: [
      ...shapes,
      ...areas.flatMap((area) => areaShapes(area, regions.get(area.region), place)),
      ...classes.flatMap((mapClass, index): Shape[] => {
        const x = pictureMargin + (index % legendColumns) * (mapPictureSize.width / legendColumns);
        const y = legendTop + Math.floor(index / legendColumns) * legendRow;
        const text = mapClassWords(i18n, mapClass, isFinal);
        return [
          {
            kind: "path",
            x,
            y,
            d: "M0,0H36V24H0Z",
            texture: textureOf(mapClass),
            stroke: ink.soft,
          },
          { kind: "text", x: x + 48, y: y + 18, text, size: 18, fill: ink.text },
        ];
      }),
      { kind: "text", x: pictureMargin, y: bottom + 30, text: borders, size: 16, fill: ink.soft },
    ],
  };
}

function areaShapes(
  { path, mark }: MapArea,
  region: MapRegion | undefined,
  place: { x: number; y: number },
): Shape[] {
  const texture = textureOf(region?.mapClass ?? "land");
  const stroke = region === undefined ? ink.paper : ink.soft;
  const area: Shape = { kind: "path", ...place, d: path, texture, stroke };
  if (mark === null) return [area];
  const [x, y] = mark;
  const r = markRadius;
  const d = `M${x - r},${y}a${r},${r} 0 1,0 ${2 * r},0a${r},${r} 0 1,0 ${-2 * r},0Z`;
  return [area, { kind: "path", ...place, d, texture, stroke }];
}

const inks: Readonly<Record<MapInk, string>> = { ...ink, surface: "#ffffff" };

function textureOf(mapClass: MapClass): Texture {
  const { ground, groundShare = 1, marks, markInk, markWidth } = mapTextures[mapClass];
  return {
    name: mapClass,
    ground: mixed(inks[ground], inks.surface, groundShare),
    marks,
    markFill: inks[markInk],
    markWidth,
  };
}

/** So much of one colour, and the rest of another, both as `#rrggbb`. */
function mixed(colour: string, other: string, share: number): string {
  const parts = [1, 3, 5].map((at) => {
    const [a, b] = [colour, other].map((each) => Number.parseInt(each.slice(at, at + 2), 16));
    return Math.round((a ?? 0) * share + (b ?? 0) * (1 - share))
      .toString(16)
      .padStart(2, "0");
  });
  return `#${parts.join("")}`;
}
