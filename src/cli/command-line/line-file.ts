import {
  closeSync,
  existsSync,
  fdatasyncSync,
  ftruncateSync,
  fstatSync,
  mkdirSync,
  openSync,
  readSync,
  writeSync,
} from "node:fs";
import { dirname } from "node:path";

const bufferBytesMax = 65_536;
const flushIntervalMs = 250;

/**
 * A file of lines that only grows. A line is in the file after at most `flushIntervalMs`, and on
 * the disk when `close` returns.
 */
export type LineFile = {
  append(line: string): void;
  close(): void;
};

/**
 * Opens a file of lines to append to. A line that a killed process left half written is cut off
 * first.
 */
export function openLineFile(path: string): LineFile {
  mkdirSync(dirname(path), { recursive: true });
  const file = openSync(path, existsSync(path) ? "r+" : "w+");
  let end = endOfLastLine(file);
  ftruncateSync(file, end);
  let buffered = "";

  const flush = (): void => {
    if (buffered === "") return;
    const bytes = Buffer.from(buffered);
    buffered = "";
    for (let written = 0; written < bytes.length;)
      written += writeSync(file, bytes, written, bytes.length - written, end + written);
    end += bytes.length;
  };
  const timer = setInterval(flush, flushIntervalMs).unref();

  return {
    append: (line) => {
      buffered += `${line}\n`;
      if (buffered.length >= bufferBytesMax) flush();
    },
    close: () => {
      clearInterval(timer);
      flush();
      fdatasyncSync(file);
      closeSync(file);
    },
  };
}

function endOfLastLine(file: number): number {
  const chunk = Buffer.alloc(bufferBytesMax);
  let end = fstatSync(file).size;
  while (end > 0) {
    const start = Math.max(0, end - chunk.length);
    const read = readSync(file, chunk, 0, end - start, start);
    const newline = chunk.subarray(0, read).lastIndexOf("\n");
    if (newline >= 0) return start + newline + 1;
    end = start;
  }
  return 0;
}
