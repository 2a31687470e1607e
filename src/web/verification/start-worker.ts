import type { VerificationWorker } from "./run-verification.ts";
// The build gives it a default export: the address of the built script.
// oxlint-disable-next-line import/default
import workerAddress from "./verification-worker.ts?worker&url";

/** As much of Trusted Types as is used; not every browser has them. */
interface TrustedTypesFactory {
  createPolicy(
    name: string,
    rules: { createScriptURL: (address: string) => string },
  ): { createScriptURL: (address: string) => string };
}

let trustedAddress: string | undefined;

/** Starts the Web Worker: the one script that the page's only policy lets through. */
export function startVerificationWorker(): VerificationWorker {
  trustedAddress ??= trust(workerAddress);
  return new Worker(trustedAddress, { type: "module", name: "verification" });
}

function trust(address: string): string {
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypesFactory };
  if (trustedTypes === undefined) return address;
  const policy = trustedTypes.createPolicy("enviro-worker", {
    createScriptURL: (asked) => {
      if (asked === workerAddress) return asked;
      throw new TypeError("This is no script of the page.");
    },
  });
  return policy.createScriptURL(address);
}
