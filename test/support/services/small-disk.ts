import { closeSync, mkdirSync, openSync, rmSync, statfsSync, writeSync } from "node:fs";
import { join } from "node:path";
import { runProgram } from "../../../scripts/services/run-program.ts";

/** A real disk of so many bytes, in memory. */
export interface SmallDisk {
  /** Takes all room that there is. */
  fill(): void;
  /** Gives that back. */
  free(): void;
  unmount(): Promise<void>;
}

/**
 * Mounts a small disk at a folder, over what it has. That takes root, or `sudo` without a password:
 * without them it fails, and says so.
 */
export async function mountSmallDisk(folder: string, bytes: number): Promise<SmallDisk> {
  mkdirSync(folder, { recursive: true });
  await asRoot("mount", "-t", "tmpfs", "-o", `size=${bytes},mode=0777`, "tmpfs", folder);
  const filling = join(folder, "filling");
  return {
    fill() {
      const file = openSync(filling, "a");
      const { bsize } = statfsSync(folder);
      // Whoever writes there meanwhile may be the one that takes the last of it.
      try {
        while (statfsSync(folder).bavail > 0) writeSync(file, Buffer.alloc(bsize));
      } catch (error) {
        if (!isNoSpace(error)) throw error;
      } finally {
        closeSync(file);
      }
    },
    free: () => rmSync(filling, { force: true }),
    unmount: () => asRoot("umount", folder),
  };
}

function isNoSpace(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOSPC";
}

async function asRoot(file: string, ...args: string[]): Promise<void> {
  const isRoot = process.getuid?.() === 0;
  await runProgram(isRoot ? { file, args } : { file: "sudo", args: ["-n", file, ...args] });
}
