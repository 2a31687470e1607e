import { createServer, type AddressInfo } from "node:net";
import { parentPort } from "node:worker_threads";

const body = '{"decision_id":"bench-echo","vote":"yes"}';
const answer = Buffer.from(
  `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
);

// One request a connection is under way at a time and fits into one packet, so whatever arrives is
// a request.
const server = createServer({ noDelay: true }, (socket) => {
  socket.on("data", () => socket.write(answer));
  socket.on("error", () => socket.destroy());
});
server.listen(0, "127.0.0.1", () => {
  // A server that listens on a port has one.
  const { port } = server.address() as AddressInfo;
  parentPort?.postMessage(port, []);
});
