import { execFileSync } from "node:child_process";
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { imagesIn, pinnedText } from "../../../scripts/images/pinned-text.ts";

const digest = `sha256:${"0a".repeat(32)}`;
const files = ["compose.yaml", "src/gateway/Dockerfile"];

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "pin-images-"));
  mkdirSync(join(folder, "src/gateway"), { recursive: true });
  mkdirSync(join(folder, "bin"));
  for (const file of files) cpSync(file, join(folder, file));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Pins the images of a copy with a docker that says this, and gives what the command printed. */
function pin(docker: string): string {
  const fake = join(folder, "bin/docker");
  writeFileSync(fake, `#!/bin/sh\n${docker}\n`);
  chmodSync(fake, 0o755);
  const env = { PATH: `${join(folder, "bin")}:${process.env["PATH"]}` };
  const script = resolve("scripts/pin-images.ts");
  return execFileSync(process.execPath, [script], {
    cwd: folder,
    env,
    encoding: "utf8",
    stdio: "pipe",
  });
}

describe("pinning images", () => {
  it("finds every image that is not ours, and writes its digest behind its tag", () => {
    const said = pin(`echo ${digest}`);
    for (const file of files) {
      const [before, after] = [
        readFileSync(file, "utf8"),
        readFileSync(join(folder, file), "utf8"),
      ];
      const named = before.match(/^ *image: .*|^FROM .*/gm)?.length ?? 0;
      expect(named).toBeGreaterThan(0);
      expect(after.match(new RegExp(`@${digest}`, "g"))).toHaveLength(named);
      expect(after.replaceAll(`@${digest}`, "")).toBe(before.replaceAll(/@sha256:\w+/g, ""));
      for (const name of imagesIn(before)) expect(said).toContain(`${name} ${digest}`);
    }
    const once = readFileSync(join(folder, "compose.yaml"), "utf8");
    pin(`echo ${digest}`);
    expect(readFileSync(join(folder, "compose.yaml"), "utf8")).toBe(once);
  });

  it.each(["exit 1", "echo 'no such manifest' >&2; exit 1", "echo sha256:short"])(
    "changes no file where a registry does not tell one: %s",
    (docker) => {
      expect(() => pin(docker)).toThrow(/digest of/);
      for (const file of files)
        expect(readFileSync(join(folder, file), "utf8")).toBe(readFileSync(file, "utf8"));
    },
  );

  it("keeps what stands behind an image, and names of stages", () => {
    const text = "FROM node:24-slim AS packages\nCOPY --from=packages a b\nFROM packages\n";
    const digests = new Map([["node:24-slim", digest]]);
    expect(pinnedText(text, digests)).toBe(text.replace("24-slim", `24-slim@${digest}`));
  });
});
