import { prefixVersion, stripVersion, UnknownVersion, type Form } from "../shared/versioned.ts";
import { isDeploymentName } from "./deployment.ts";
import { UnreadableRecord } from "./vote-record.ts";

/** What a deployment signs its texts with, and knows them again by. */
export interface LogSignature {
  /** The deployment's name, without spaces. It stands in each text. */
  deployment: string;
  sign(text: string): string;
  verify(text: string, mac: string): boolean;
}

const signedForm = { name: "a text of the vote log", version: 1 };

/**
 * A text as it goes into the vote log: version, deployment and mac before it, parted by spaces.
 * Topics and queues may be shared by mistake, and written by others than this deployment.
 */
export function signText(signature: LogSignature, text: string): string {
  const named = `${signature.deployment} ${text}`;
  return prefixVersion(signedForm, `${signature.sign(named)} ${named}`);
}

/**
 * The text behind the deployment's own signature; one mac over all of it.
 * @throws {UnreadableRecord} where it has another form, is of another deployment, or is forged.
 */
export function readSignedText(signature: LogSignature, signed: string): string {
  const unversioned = stripKnownVersion(signedForm, signed);
  const [mac = "", deployment = ""] = unversioned.split(" ", 2);
  const named = unversioned.slice(mac.length + 1);
  // The name first: where keys are shared by mistake as well, it alone tells deployments apart.
  if (deployment !== signature.deployment) throw new UnreadableRecord(ofAnother(deployment));
  if (!signature.verify(named, mac))
    throw new UnreadableRecord("its signature is of no key of this deployment");
  return named.slice(deployment.length + 1);
}

/** Whoever wrote the text chose the name: it is shown where it is a name. */
function ofAnother(deployment: string): string {
  const shown = isDeploymentName(deployment) ? `the deployment ${deployment}` : "no deployment";
  return `it is of ${shown}, not of this one`;
}

/**
 * The text behind its version.
 * @throws {UnreadableRecord} where that is missing or of a newer release.
 */
export function stripKnownVersion(form: Form, prefixed: string): string {
  try {
    return stripVersion(form, prefixed);
  } catch (error) {
    if (error instanceof UnknownVersion) throw new UnreadableRecord(error.message);
    throw error;
  }
}
