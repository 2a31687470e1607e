import { readFileSync } from "node:fs";
import { SourceMap, type SourceMapPayload } from "node:module";
import { basename } from "node:path";
import type { CallFrame } from "./cpu-profile.ts";

/** Names a bundle's functions by its source map: its own name, file and line. */
export function sourceNames(mapFile: string): (frame: CallFrame) => string {
  // Written by the build.
  const map = new SourceMap(JSON.parse(readFileSync(mapFile, "utf8")) as SourceMapPayload);
  const known = new Map<string, string>();
  return ({ functionName, url, lineNumber, columnNumber }) => {
    if (!url.endsWith("index.js")) return functionName || "(anonymous)";
    const place = `${lineNumber}:${columnNumber}:${functionName}`;
    const found = known.get(place);
    if (found !== undefined) return found;
    const entry = map.findEntry(lineNumber, columnNumber);
    const named =
      "originalSource" in entry
        ? `${functionName} ${basename(entry.originalSource)}:${entry.originalLine + 1}`.trim()
        : functionName || "(anonymous)";
    known.set(place, named);
    return named;
  };
}
