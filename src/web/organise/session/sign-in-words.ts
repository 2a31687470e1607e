import { msg } from "@lingui/core/macro";
import type { MessageDescriptor } from "@lingui/core";

const byCode: Readonly<Record<string, MessageDescriptor>> = {
  "key.invalid": msg`This key is not known here, or it was revoked. Look for a letter too few, or ask an administrator for a new one.`,
  "role.forbidden": msg`This key is for another place: a voter's link opens the ballot, and a station's key belongs into the station's own software.`,
  "rate.exceeded": msg`Too many tries in a short time. Wait ten seconds, then try again.`,
  "sessions.full": msg`Too many people are signed in at once. Try again in an hour, or tell an administrator.`,
  "session.cross_site": msg`Your browser says that this page belongs to another site. Open it anew by its own address.`,
};

/** Why somebody could not sign in with a key, by the API's code; null where there was no answer. */
export function signInRefusal(code: string | null): MessageDescriptor {
  return code === null
    ? msg`There was no answer. Check the connection, then try again: your key was not kept anywhere.`
    : (byCode[code] ?? msg`Signing in is not possible right now. Try again in a moment.`);
}

const byProblem: Readonly<Record<string, MessageDescriptor>> = {
  unknown_provider: msg`This login is no longer offered here.`,
  unavailable: msg`The login service did not answer as it should. Try again in a moment; if it lasts, tell an administrator.`,
  mixed_up: msg`The login took longer than ten minutes, or was begun in another browser. Begin again here.`,
  declined: msg`The login service says that you did not log in.`,
  invalid: msg`The login was not accepted: it may have been used before. Begin again here.`,
  not_staff: msg`You have logged in, but this account may run no decisions here. Ask an administrator which account may.`,
};

/** Why somebody who was sent to a login service came back without a session; null for no reason. */
export function loginProblem(problem: string | null): MessageDescriptor | null {
  if (problem === null) return null;
  return byProblem[problem] ?? signInRefusal(problem);
}
