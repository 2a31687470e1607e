/** Whether it is of a decision whose results never count, so that its votes may be followed. */
export function isRehearsal(terms: object): boolean {
  return Reflect.get(terms, "rehearsal") === true;
}
