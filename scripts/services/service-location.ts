import { createHash } from "node:crypto";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { findFreePort } from "../local-platform/find-free-port.ts";
import { projectRoot } from "../local-platform/project.ts";
import { keepCredentials, readServiceState, servicesFolder } from "./state-file.ts";
import { catalogue } from "./catalogue.ts";
import type { ServiceLocation, ServiceName } from "./service.ts";

/**
 * Below 32,768, where Linux begins to give ports to clients: one of those could take the port of a
 * service that is stopped for a while.
 */
const portFirst = 12_000;
const portBlock = 200;
const blocks = 100;
/**
 * Ports of different purposes are so far apart that searching for a free one from one of them meets
 * none of the others.
 */
const portsAPurpose = 20;

/**
 * Where a service lives: the ports that it had before, else free ones from a block that other
 * checkouts of the project do not share.
 */
export async function serviceLocation(name: ServiceName): Promise<ServiceLocation> {
  const folder = join(servicesFolder, name);
  mkdirSync(folder, { recursive: true });
  const ports = readServiceState(name)?.ports ?? (await choosePorts(name));
  return { folder, ports, credentials: keepCredentials() };
}

async function choosePorts(name: ServiceName): Promise<Record<string, number>> {
  const digest = createHash("sha256").update(projectRoot).digest();
  const first = portFirst + (digest.readUInt16BE(0) % blocks) * portBlock;
  const ports: Record<string, number> = {};
  for (const [purpose, offset] of Object.entries(catalogue[name].portOffsets)) {
    ports[purpose] = await findFreePort(first + offset * portsAPurpose);
  }
  return ports;
}
