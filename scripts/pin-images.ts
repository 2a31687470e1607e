import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { imagesIn, pinnedText } from "./images/pinned-text.ts";
import { exitStatus, runMain, UsageError } from "../src/cli/command-line/usage-error.ts";

/** Whatever names an image of somebody else's. */
const files = ["compose.yaml", "src/gateway/Dockerfile"];

/** Writes the digests that the registries have now behind the tags of all images. */
await runMain(async () => {
  const texts = files.map((file) => ({ file, text: readFileSync(file, "utf8") }));
  const names = new Set(texts.flatMap(({ text }) => imagesIn(text)));
  const digests = new Map([...names].map((name) => [name, digestOf(name)]));
  // All are made before one is written.
  const pinned = texts.map(({ file, text }) => ({ file, text: pinnedText(text, digests) }));
  for (const { file, text } of pinned) writeFileSync(file, text);
  for (const [name, digest] of digests) console.log(`${name} ${digest}`);
  return exitStatus.ok;
});

/** Of the list for all processors, as the registry says it; the tag alone can move. */
function digestOf(name: string): string {
  const format = "{{.Manifest.Digest}}";
  const args = ["buildx", "imagetools", "inspect", name, "--format", format];
  try {
    return execFileSync("docker", args, { encoding: "utf8", stdio: "pipe" }).trim();
  } catch (error) {
    const reason = error instanceof Error ? (error.message.trim().split("\n").at(-1) ?? "") : "";
    throw new UsageError(`no registry told the digest of ${name}: ${reason}`, { cause: error });
  }
}
