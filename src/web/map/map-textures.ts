import type { MapClass } from "./map-class.ts";

/** The inks of a map: the page's own colours, by the names that they have everywhere. */
export type MapInk = "paper" | "surface" | "text" | "soft" | "line" | "track" | "yes" | "no";

/** How a class is drawn: a ground, and marks upon it in a tile that is repeated. */
export interface MapTexture {
  ground: MapInk;
  /** How much of the ground's ink there is, the rest being surface; 1 where it is left out. */
  groundShare?: number;
  /** An SVG path within a tile of `tileSize`. */
  marks: string;
  markInk: MapInk;
  markWidth: number;
}

export const tileSize = 8;

const rising = "M-2,2L2,-2M0,8L8,0M6,10L10,6";
const dots = "M2,2h.01M6,6h.01";
const crosses = "M2,2L6,6M6,2L2,6";

/**
 * A texture for each class, so that a map is read without its colours too: yes has rising lines, no
 * has dots, and what is hidden has crosses. More of it is darker.
 */
export const mapTextures: Readonly<Record<MapClass, MapTexture>> = {
  "yes-most": { ground: "yes", marks: rising, markInk: "surface", markWidth: 0.75 },
  yes: { ground: "yes", groundShare: 0.2, marks: rising, markInk: "yes", markWidth: 1.5 },
  even: { ground: "track", marks: "M0,2H8M0,6H8", markInk: "soft", markWidth: 1 },
  no: { ground: "no", groundShare: 0.2, marks: dots, markInk: "no", markWidth: 2.25 },
  "no-most": { ground: "no", marks: dots, markInk: "surface", markWidth: 1.75 },
  none: { ground: "surface", marks: "", markInk: "soft", markWidth: 0 },
  "turnout-4": { ground: "text", marks: "", markInk: "text", markWidth: 0 },
  "turnout-3": { ground: "text", groundShare: 0.3, marks: rising, markInk: "text", markWidth: 2.5 },
  "turnout-2": { ground: "text", groundShare: 0.12, marks: rising, markInk: "text", markWidth: 1 },
  "turnout-1": { ground: "surface", marks: dots, markInk: "text", markWidth: 1.5 },
  hidden: { ground: "track", marks: crosses, markInk: "soft", markWidth: 1 },
  land: { ground: "track", groundShare: 0.6, marks: "", markInk: "soft", markWidth: 0 },
};
