import { isServiceRunning, startMissing, stopService } from "../../../scripts/services/control.ts";
import { serviceNames } from "../../../scripts/services/service.ts";

const log = (line: string): void => console.error(line);

/** Before the first test file: starts what does not run yet (a missing program fails here, with the package that has it), and ends that afterwards. */
export default async function startServices(): Promise<() => Promise<void>> {
  const started = serviceNames.filter((name) => !isServiceRunning(name));
  await startMissing(serviceNames, log);
  return async () => {
    for (const name of started.toReversed()) await stopService(name, log);
  };
}
