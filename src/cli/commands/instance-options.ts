import { Option, type Command } from "commander";
import type { Instance } from "../api/connect.ts";
import { UsageError } from "../command-line/usage-error.ts";

export type InstanceFlags = { on?: string; key?: string };

/** Adds the options that say which instance a command is for, and with which key. */
export function addInstanceOptions(command: Command): Command {
  return command
    .option("--on <origin>", "where the instance is, as in https://vote.example.org")
    .addOption(
      new Option(
        "--key <key>",
        "an API key of it; in the environment it stands in no shell's history",
      ).env("ENVIRO_KEY"),
    );
}

/**
 * Reads where the instance is.
 * @throws {UsageError} its address is missing, or none
 */
export function readOrigin({ on = "" }: InstanceFlags): string {
  if (on === "") {
    throw new UsageError(
      "--on is missing: it says where the instance is, as in --on http://127.0.0.1:8787",
    );
  }
  const url = URL.parse(on);
  if (url === null || !/^https?:$/.test(url.protocol)) {
    throw new UsageError(`--on takes an address like https://vote.example.org, not "${on}"`);
  }
  return url.origin;
}

/**
 * Reads which instance is meant.
 * @throws {UsageError} its address or the key is missing, or the address is none
 */
export function readInstance({ on = "", key = "" }: InstanceFlags): Instance {
  const origin = readOrigin({ on });
  if (key === "") {
    throw new UsageError("there is no key: set ENVIRO_KEY in the environment, or give --key");
  }
  return { origin, key };
}
