import type { Addresses, ServiceName } from "../../../scripts/services/service.ts";
import { catalogue } from "../../../scripts/services/catalogue.ts";
import {
  freezeService,
  killService,
  startService,
  stopService,
  thawService,
} from "../../../scripts/services/control.ts";
import { serviceLocation } from "../../../scripts/services/service-location.ts";

/**
 * A real server as a test meets it. Every start is on the same ports and data. Test files run one after another, so a file may stop what it
 * likes, but leaves it running at its end.
 */
export type RunningService<Address> = {
  address(): Promise<Address>;
  /** Returns once it answers; does nothing when it runs. */
  start(): Promise<void>;
  /** As an operator does it, with all written down. */
  stop(): Promise<void>;
  /** SIGKILL for it and all its processes. */
  kill(): Promise<void>;
  /** SIGSTOP: connections stay open and nothing answers, until `thaw`. */
  freeze(): void;
  thaw(): void;
};

const log = (line: string): void => console.error(line);

function serviceOf<Name extends ServiceName>(name: Name): RunningService<Addresses[Name]> {
  return {
    address: async () => catalogue[name].address(await serviceLocation(name)),
    start: () => startService(name, log),
    stop: () => stopService(name, log),
    kill: () => killService(name),
    freeze: () => freezeService(name),
    thaw: () => thawService(name),
  };
}

export const services: { [Name in ServiceName]: RunningService<Addresses[Name]> } = {
  redis: serviceOf("redis"),
  postgres: serviceOf("postgres"),
  pgbouncer: serviceOf("pgbouncer"),
  kafka: serviceOf("kafka"),
  gateway: serviceOf("gateway"),
  opensearch: serviceOf("opensearch"),
  elasticsearch: serviceOf("elasticsearch"),
};
