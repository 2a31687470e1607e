/**
 * The one mechanism for versions of stored state and of messages. Every form has a name and a
 * version; what is newer than this release knows is refused, never misread. Two releases run side
 * by side for minutes in every deployment, and one that is rolled back finds what the newer one has
 * stored.
 */

/**
 * A form of stored state or of a message, with the newest version of it that this release knows.
 */
export type Form = { readonly name: string; readonly version: number };

/** Set by the build: null, but in the builds of test/support/releases. */
declare const FORMS_AHEAD: RegExp | null;

/** The forms whose versions are one ahead of the source, as in a release to come. */
const formsAhead = typeof FORMS_AHEAD === "undefined" ? null : FORMS_AHEAD;

/** The version that this release writes. */
export function versionOf({ name, version }: Form): number {
  return formsAhead?.test(name) === true ? version + 1 : version;
}

/** A stored value with the version of its form. */
export type Versioned<Value> = { readonly v: number; readonly value: Value };

/** What is read has a version that this release does not know, or none. */
export class UnknownVersion extends Error {
  override readonly name = "UnknownVersion";
}

/** Whether an error is an `UnknownVersion`; one thrown by a called object is so by its name. */
export function isUnknownVersion(error: unknown): boolean {
  return error instanceof Error && error.name === "UnknownVersion";
}

/**
 * The version of what is read, where this release knows it.
 * @throws {UnknownVersion} where it is newer, or is no version at all.
 */
export function requireKnownVersion(form: Form, found: unknown): number {
  const { name } = form;
  const version = versionOf(form);
  if (!Number.isSafeInteger(found) || (found as number) < 1) {
    throw new UnknownVersion(`${name} has no version; this release knows ${version}`);
  }
  if ((found as number) > version) {
    throw new UnknownVersion(
      `${name} has version ${String(found)}, this release knows ${version}: deploy the newer release`,
    );
  }
  return found as number;
}

/** Puts the form's version beside a value that is to be stored. */
export function withVersion<Value>(form: Form, value: Value): Versioned<Value> {
  return { v: versionOf(form), value };
}

/**
 * A stored value without its version. Whoever raises a version says how the one before is read, by
 * `requireKnownVersion`: here it is refused rather than taken for the newest.
 * @throws {UnknownVersion} where the version is newer, older, or missing.
 */
export function withoutVersion<Value>(form: Form, { v, value }: Versioned<Value>): Value {
  requireNewestVersion(form, v);
  return value;
}

/**
 * Puts the form's version before a text, parted by a space: it is read without parsing the text.
 */
export function prefixVersion(form: Form, text: string): string {
  return `${versionOf(form)} ${text}`;
}

/**
 * The text behind its version.
 * @throws {UnknownVersion} where the version is newer, older, or missing.
 */
export function stripVersion(form: Form, prefixed: string): string {
  const end = prefixed.indexOf(" ");
  requireNewestVersion(form, Number(prefixed.slice(0, Math.max(end, 0))));
  return prefixed.slice(end + 1);
}

/**
 * Holds that what is read has the version that this release writes, for forms with no older readers.
 * @throws {UnknownVersion} where it is newer, older, or missing.
 */
export function requireNewestVersion(form: Form, found: unknown): void {
  const version = requireKnownVersion(form, found);
  const newest = versionOf(form);
  if (version === newest) return;
  throw new UnknownVersion(
    `${form.name} has version ${version}, and this release reads ${newest} alone`,
  );
}
