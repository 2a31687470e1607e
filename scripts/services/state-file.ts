import { randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { projectRoot } from "../local-platform/project.ts";
import { processMarkSchema } from "./process-mark.ts";
import { serviceNames, type Credentials, type ServiceName } from "./service.ts";

/** Everything of the services is below this folder, which git ignores. */
export const servicesFolder = join(projectRoot, ".services");
export const stateFile = join(servicesFolder, "state.json");

const password = z.string().min(1);

const credentialsSchema = z.object({
  postgresPassword: password,
  postgresOwnerPassword: password,
  postgresWorkerPassword: password,
  kafkaPassword: password,
  gatewayPassword: password,
  gatewayToken: password,
});

const serviceStateSchema = z.object({
  ports: z.record(z.string(), z.int()),
  address: z.record(z.string(), z.string()),
  /** Null while it is stopped; its ports and data stay its own. */
  process: processMarkSchema.nullable(),
});
export type ServiceState = z.infer<typeof serviceStateSchema>;

const stateSchema = z.object({
  credentials: z.record(z.string(), password),
  services: z.partialRecord(z.enum(serviceNames), serviceStateSchema),
});
type State = z.infer<typeof stateSchema>;

/**
 * The credentials of this folder's services, made where they are missing: a folder may be older
 * than one of the services.
 */
export function keepCredentials(): Credentials {
  const state = readState();
  const known = credentialsSchema.safeParse(state?.credentials);
  if (known.success) return known.data;
  const credentials = {
    postgresPassword: randomPassword(),
    postgresOwnerPassword: randomPassword(),
    postgresWorkerPassword: randomPassword(),
    kafkaPassword: randomPassword(),
    gatewayPassword: randomPassword(),
    gatewayToken: randomPassword(),
    ...state?.credentials,
  };
  writeState({ credentials, services: state?.services ?? {} });
  return credentials;
}

export function readServiceState(name: ServiceName): ServiceState | null {
  return readState()?.services[name] ?? null;
}

export function writeServiceState(name: ServiceName, service: ServiceState): void {
  const credentials = keepCredentials();
  writeState({ credentials, services: { ...readState()?.services, [name]: service } });
}

function readState(): State | null {
  let text: string;
  try {
    text = readFileSync(stateFile, "utf8");
  } catch {
    return null;
  }
  return stateSchema.parse(JSON.parse(text));
}

/**
 * Written aside and renamed: a reader in another process sees the old state or the new one, never
 * half of it.
 */
function writeState(state: State): void {
  mkdirSync(servicesFolder, { recursive: true });
  const draft = `${stateFile}.${process.pid}`;
  writeFileSync(draft, `${JSON.stringify(state, null, 2)}\n`, { mode: 0o600 });
  renameSync(draft, stateFile);
}

/** Letters and digits alone: it stands in URLs, Java properties and command lines. */
function randomPassword(): string {
  return randomBytes(24).toString("hex");
}
