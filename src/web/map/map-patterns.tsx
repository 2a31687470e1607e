import type { MapClass } from "./map-class.ts";
import { mapTextures, tileSize, type MapTexture } from "./map-textures.ts";

const textures = Object.entries(mapTextures) as [MapClass, MapTexture][];

/** The patterns of all classes; `id` tells them from those of another picture of the page. */
export function MapPatterns({ id }: { id: string }) {
  return (
    <defs>
      {textures.map(([mapClass, { ground, marks, markInk, markWidth }]) => (
        <pattern
          key={mapClass}
          id={`${id}-${mapClass}`}
          width={tileSize}
          height={tileSize}
          patternUnits="userSpaceOnUse"
          className={`map-texture ${mapClass}`}
        >
          <rect width={tileSize} height={tileSize} className={`ink-${ground}`} />
          <path d={marks} className={`mark-${markInk}`} strokeWidth={markWidth} />
        </pattern>
      ))}
    </defs>
  );
}

/** The fill of a class's areas. */
export function patternOf(id: string, mapClass: MapClass): string {
  return `url("#${id}-${mapClass}")`;
}
