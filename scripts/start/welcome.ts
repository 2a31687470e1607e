import type { Demo } from "../demo/seed.ts";
import type { LocalPlatform } from "../local-platform/boot.ts";
import type { Deployment } from "../services/deployment.ts";

/**
 * What `npm start` and `npm run dev` say once everything runs: where to look, and two commands that work as they
 * are.
 */
export function welcome(
  { origin }: Pick<LocalPlatform, "origin">,
  demo: Demo,
  { adminKey, ending }: { adminKey: string; ending: string },
): string {
  const { id, title, voterToken } = demo.openDecision;
  return `
Enviro-Governance runs on this machine, with ${demo.decisions.length} demonstration decisions.

  Open in a browser   ${origin}/
  Run decisions       ${origin}/organise, signed in with the admin key
  API description     ${origin}/api/v1/openapi.json
  Admin key           ${adminKey}

Cast a vote in "${title}":

curl -X POST ${origin}/api/v1/voting/cast-vote \\
  -H 'content-type: application/json' \\
  -H 'authorization: Bearer ${voterToken}' \\
  -d '{"decision_id":"${id}","vote":"yes"}'

Read its results:

curl ${origin}/api/v1/decisions/${id}/results

${ending}
`;
}

/** Where what happens behind the platform can be seen, if it runs on services. */
export function whereToLook(
  { origin }: Pick<LocalPlatform, "origin">,
  { places }: Pick<Deployment, "places">,
): string {
  const lines = Object.entries({ ...places, "How it does": `${origin}/readyz` });
  return `It runs on services of this machine, which stay when it stops (npm run services -- stop):

${lines.map(([name, place]) => `  ${name.padEnd(18)}${place}`).join("\n")}
`;
}
