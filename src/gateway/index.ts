import { ConfigError, readConfig, type GatewayConfig } from "./config.ts";
import { createLog } from "./log.ts";
import { startGateway } from "./start.ts";

const configurationFault = 2;

try {
  await run(readConfig(process.env));
} catch (error) {
  if (!(error instanceof ConfigError)) throw error;
  process.stderr.write(`The gateway's configuration is not complete:\n${error.message}\n`);
  process.exitCode = configurationFault;
}

async function run(config: GatewayConfig): Promise<void> {
  const log = createLog(config.logLevel);
  const gateway = await startGateway(config, log);
  const { tls = null, sasl = null } = config.kafka ?? {};
  log.info("listening", {
    origin: gateway.origin,
    kafka: config.kafka !== null,
    redis: config.redis !== null,
    tls: tls !== null,
    mechanism: sasl?.mechanism ?? "none",
  });
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.once(signal, () => {
      log.info("stopping", { signal });
      void gateway.stop().then(() => process.exit(0));
    });
  }
}
