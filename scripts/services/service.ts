export const serviceNames = [
  "redis",
  "postgres",
  "pgbouncer",
  "kafka",
  "gateway",
  "opensearch",
  "elasticsearch",
] as const;
export type ServiceName = (typeof serviceNames)[number];

/**
 * Made at random for a services folder and the same ever after, so that data outlives a restart.
 */
export type Credentials = {
  postgresPassword: string;
  postgresOwnerPassword: string;
  postgresWorkerPassword: string;
  kafkaPassword: string;
  gatewayPassword: string;
  gatewayToken: string;
};

/** How a client reaches each service. */
export type Addresses = {
  redis: { url: string };
  postgres: { url: string };
  /** The same databases and logins, through a pooler. */
  pgbouncer: { url: string };
  kafka: {
    /** `host:port` of a listener without TLS or login. */
    brokers: string;
    /** `host:port` of a listener with TLS and SASL, as brokers are reached in production. */
    secureBrokers: string;
    username: string;
    password: string;
    /** The certificate (PEM) that clients of the secure listener trust. */
    certificateFile: string;
  };
  gateway: {
    /**
     * Both dialects: `url`, `username` and `password` for `@upstash/kafka`, `url` and `token` for
     * `@upstash/redis`.
     */
    url: string;
    username: string;
    password: string;
    token: string;
  };
  opensearch: { url: string };
  /** For tests: its licence lets nobody offer it as a service. */
  elasticsearch: { url: string };
};

/** Where a service lives on this machine. */
export type ServiceLocation = {
  /** Its configuration and data. */
  folder: string;
  /** By what each port is for. */
  ports: Readonly<Record<string, number>>;
  credentials: Credentials;
};

export type Command = {
  file: string;
  args: readonly string[];
  env?: Record<string, string>;
};

type Log = (line: string) => void;

/** A real server that runs on this machine for development and tests. */
export type Service<Address> = {
  /** Its ports by what they are for, as distances from the first port of the project's block. */
  portOffsets: Readonly<Record<string, number>>;
  /** Services that have to run before it is ready. */
  needs?: readonly ServiceName[];
  /** What makes it write everything down and end. */
  stopSignal: NodeJS.Signals;
  /**
   * Makes configuration and data where they are missing and says how to start the server.
   * @throws {UsageError} a program is missing; the message names the package that has it.
   */
  prepare(location: ServiceLocation, log: Log): Promise<Command>;
  /** Whether it answers its own protocol. */
  isReady(location: ServiceLocation): Promise<boolean>;
  /**
   * Makes what clients expect to find there, such as topics, where it is missing; called once it is
   * ready.
   */
  provision?(location: ServiceLocation): Promise<void>;
  address(location: ServiceLocation): Address;
};

/** The port of a place by what it is for. */
export function portOf(location: ServiceLocation, purpose: string): number {
  const port = location.ports[purpose];
  if (port === undefined) throw new Error(`no port was chosen for ${purpose}`);
  return port;
}
