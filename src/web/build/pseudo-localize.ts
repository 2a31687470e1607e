const letters = "abcdefghijklmnopqrstuvwxyz";
/** Each accented, so that it is no letter of English. */
const accented = "áƀćđéƒǧħíĵķłɱñóƥɋřšŧúṽŵẋýž";

/**
 * A text with no letter of English in it, still legible: whatever a page shows beside its messages
 * is told by its letters.
 */
export function pseudoLocalize(text: string): string {
  return text.replaceAll(/[A-Za-z]/g, (letter) => {
    const lower = letter.toLowerCase();
    const found = accented.charAt(letters.indexOf(lower));
    return letter === lower ? found : found.toUpperCase();
  });
}
