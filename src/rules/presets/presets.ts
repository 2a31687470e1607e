import { doubleMajorities } from "./double-majorities.ts";
import { internationalBodies } from "./international-bodies.ts";
import { majorities } from "./majorities.ts";
import type { Preset } from "./preset.ts";

/** Every rule that comes with the platform. */
export const presets: readonly Preset[] = [
  ...majorities,
  ...doubleMajorities,
  ...internationalBodies,
];

export function findPreset(name: string): Preset | null {
  return presets.find((preset) => preset.name === name) ?? null;
}
