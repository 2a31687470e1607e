import { alignColumns } from "../../src/cli/command-line/align-columns.ts";
import type { WayProfile } from "./run-profiles.ts";

export function formatProfiles(profiles: readonly WayProfile[]): string {
  const head = ["a vote costs", "processor µs", "JavaScript", "collection", "bytes allocated", ""];
  const rows = profiles.map((profile) => [
    profile.name,
    profile.processorUs.toFixed(0),
    `${profile.javaScriptUs.toFixed(1)} µs`,
    `${profile.collectionUs.toFixed(1)} µs`,
    Math.round(profile.allocatedBytes).toLocaleString("en-GB"),
    profile.svgFile,
  ]);
  return alignColumns([head, ...rows]).join("\n");
}
