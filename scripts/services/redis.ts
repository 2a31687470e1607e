import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { findProgram } from "./find-program.ts";
import { portOf, type Addresses, type Service } from "./service.ts";

const host = "127.0.0.1";
const answerMsMax = 1_000;

/** Redis from the Debian package `redis-server`, with its append-only file on. */
export const redis: Service<Addresses["redis"]> = {
  portOffsets: { redis: 0 },
  stopSignal: "SIGTERM",

  prepare: (location) => {
    const options = {
      bind: host,
      port: String(portOf(location, "redis")),
      dir: location.folder,
      appendonly: "yes",
      // The services share a machine with their tests: a fork that copies the memory is not worth
      // its time.
      save: "",
    };
    return Promise.resolve({
      file: findProgram("redis-server", "redis-server"),
      args: Object.entries(options).flatMap(([name, value]) => [`--${name}`, value]),
    });
  },

  isReady: async (location) => {
    const socket = connect({ host, port: portOf(location, "redis"), timeout: answerMsMax });
    socket.once("timeout", () => socket.destroy());
    socket.write("PING\r\nQUIT\r\n");
    try {
      return (await text(socket)).startsWith("+PONG");
    } catch {
      return false;
    }
  },

  address: (location) => ({ url: `redis://${host}:${portOf(location, "redis")}` }),
};
