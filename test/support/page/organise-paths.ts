import { readFileSync } from "node:fs";
import { signInAddress } from "../../../src/web/organise/session/sign-in-address.ts";

// The table itself has titles, which are messages that a build alone makes readable.
const source = readFileSync("src/web/organise/organise-routes.ts", "utf8");

/** The paths of the pages for those who run decisions. */
export const organisePaths: readonly string[] = [
  signInAddress,
  ...[...source.matchAll(/path: "([^"]+)"/g)].map(([, path = ""]) => path),
];
