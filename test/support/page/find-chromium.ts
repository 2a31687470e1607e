import { accessSync, constants } from "node:fs";

const usualPaths = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/**
 * The path of the browser that the page is tested in: the variable CHROMIUM, or where it usually is.
 * Throws with how to get one: the tests of the page never skip.
 */
export function findChromium(): string {
  const named = process.env["CHROMIUM"];
  const found = (named === undefined ? usualPaths : [named]).find(isProgram);
  if (found !== undefined) return found;
  throw new Error(
    named === undefined
      ? "The page is tested in Chromium, and none was found: apt-get install chromium, or name one in the variable CHROMIUM."
      : `CHROMIUM names ${named}, which is no program.`,
  );
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
