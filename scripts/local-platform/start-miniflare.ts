import { convertV4MiniflareOptions, Miniflare, type V4WorkerOptions } from "miniflare";
import { collectorFlags } from "./collector-flags.ts";
import { quietLog } from "./quiet-log.ts";
import { guardStopSignals, keepStopSignals } from "./stop-signals.ts";
import { watchRuntime } from "./watch-runtime.ts";

const loopbackHost = "127.0.0.1";
const directWorkerName = "direct";

export type MiniflareHost = {
  miniflare: Miniflare;
  origin: string;
  process: { readonly pid: number };
  stop(): Promise<void>;
};

export type MiniflareHostOptions = {
  worker: V4WorkerOptions & { name: string };
  /** 0 takes a free port. */
  port: number;
  /** Without one, nothing is kept. */
  persistFolder?: string;
  /** Where V8's inspector listens, for whoever measures; without one it does not. */
  inspectorPort?: number;
  log: (line: string) => void;
  /**
   * Called with the pid of each `workerd` that serves: the first, and one more after each crash.
   */
  onRuntime?: (pid: number) => void;
};

/**
 * Starts Miniflare with one Worker, whose requests reach workerd's own socket: `workerd serve` with
 * no proxy before it.
 */
export async function startMiniflare(options: MiniflareHostOptions): Promise<MiniflareHost> {
  let runtimePid = 0;
  let isStopping = false;
  // Ctrl-C reaches workerd too, so at the end Miniflare reports a crash that is none.
  const log = (line: string): void => {
    if (!isStopping) options.log(line);
  };
  const miniflareOptions = convertV4MiniflareOptions({
    host: loopbackHost,
    port: 0,
    ...(options.inspectorPort === undefined ? {} : { inspectorPort: options.inspectorPort }),
    // Asked from Cloudflare over the network otherwise, and given to requests that come through
    // Miniflare's own port only.
    cf: false,
    ...(options.persistFolder === undefined
      ? {}
      : { resourcePersistencePath: options.persistFolder }),
    log: quietLog(log),
    handleStructuredLogs: ({ level, message }) => {
      if (!isNoise(message)) log(`workerd ${level}: ${message}`);
    },
    workers: [options.worker, directWorker(options.worker.name, options.port)],
  });
  // Miniflare has no option for it.
  process.env["MINIFLARE_WORKERD_V8_FLAGS"] ??= collectorFlags;
  const onSpawn = ({ pid = 0 }: { pid?: number | undefined }): void => {
    runtimePid = pid;
    options.onRuntime?.(pid);
  };
  const miniflare = keepStopSignals(() =>
    watchRuntime(onSpawn, () => new Miniflare(miniflareOptions)),
  );
  const endGuard = guardStopSignals();
  const stop = async (): Promise<void> => {
    isStopping = true;
    await miniflare.dispose();
    endGuard();
  };
  try {
    const { origin } = await miniflare.unsafeGetDirectURL(directWorkerName);
    const runtime = {
      get pid() {
        return runtimePid;
      },
    };
    return { miniflare, origin, process: runtime, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

const noise = ["bootstrap compile cache", "alarm handler canceled", "alarm overdue, running"];

/**
 * What workerd warns of and is as it should be: with flags of V8's own choice it compiles its
 * built-in scripts anew at the start, which takes milliseconds; and an alarm that was set to another
 * moment while it went off waits for that moment, or runs at once where that has passed.
 */
function isNoise(message: string): boolean {
  return noise.some((words) => message.includes(words));
}

/**
 * Miniflare puts its asset router before the direct socket of a Worker that has assets. This Worker
 * has none, and lends its socket to the real one, which so gets its requests with nothing in
 * between.
 */
function directWorker(serviceName: string, port: number) {
  return {
    name: directWorkerName,
    modules: true,
    script: "export default {}",
    unsafeDirectSockets: [{ host: loopbackHost, port, serviceName }],
  };
}
