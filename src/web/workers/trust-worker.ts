/** As much of Trusted Types as is used; not every browser has them. */
interface TrustedTypesFactory {
  createPolicy(name: string, rules: ScriptRules): ScriptRules;
}
interface ScriptRules {
  createScriptURL: (address: string) => string;
}

const known = new Set<string>();
let policy: ScriptRules | undefined;

/**
 * Lets the address of a worker's script through the page's only policy. Whoever calls it has the
 * address from the build.
 */
export function trustWorker(address: string): string {
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypesFactory };
  if (trustedTypes === undefined) return address;
  known.add(address);
  policy ??= trustedTypes.createPolicy("enviro-worker", {
    createScriptURL: (asked) => {
      if (known.has(asked)) return asked;
      throw new TypeError("This is no script of the page.");
    },
  });
  return policy.createScriptURL(address);
}
