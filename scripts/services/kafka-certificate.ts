import { existsSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { findProgram } from "./find-program.ts";
import { runProgram } from "./run-program.ts";

/**
 * Where the secure listener's key and certificate are, and the certificate alone for those who
 * trust it.
 */
export function certificateFiles(folder: string): { keyStore: string; certificate: string } {
  return { keyStore: join(folder, "broker.p12"), certificate: join(folder, "broker.pem") };
}

/** Makes a self-signed certificate for this machine with the tool that comes with Java. */
export async function makeCertificate(folder: string, password: string): Promise<void> {
  const { keyStore, certificate } = certificateFiles(folder);
  if (existsSync(certificate)) return;
  const file = findProgram("keytool", "openjdk-17-jre-headless");
  const store = ["-alias", "broker", "-keystore", keyStore, "-storepass", password];
  rmSync(keyStore, { force: true });
  const names = ["-dname", "CN=127.0.0.1", "-ext", "san=ip:127.0.0.1,dns:localhost"];
  const key = ["-keyalg", "EC", "-groupname", "secp256r1", "-validity", "3650"];
  await runProgram({
    file,
    args: ["-genkeypair", "-storetype", "PKCS12", ...store, ...names, ...key],
  });
  const draft = `${certificate}.draft`;
  await runProgram({ file, args: ["-exportcert", "-rfc", "-file", draft, ...store] });
  renameSync(draft, certificate);
}
