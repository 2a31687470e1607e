import { expect, test } from "vitest";
import { pacedSpeech } from "../../../../src/web/ui/paced-speech.ts";

/** A speech whose clock is moved by hand. */
function movable(quietMs: number) {
  const spoken: string[] = [];
  let now = 0;
  let timer: { act: () => void; at: number } | null = null;
  const speech = pacedSpeech({
    speak: (text) => spoken.push(text),
    now: () => now,
    setTimer: (act, ms) => {
      timer = { act, at: now + ms };
      return () => (timer = null);
    },
    quietMs,
  });
  const goTo = (ms: number): void => {
    now = ms;
    if (timer === null || timer.at > now) return;
    const { act } = timer;
    timer = null;
    act();
  };
  return { ...speech, spoken, goTo };
}

test("a first text is spoken at once, later ones in their newest wording after the quiet time", () => {
  const { say, spoken, goTo } = movable(15_000);
  say("1 ballot");
  goTo(0);
  for (const text of ["2 ballots", "3 ballots", "4 ballots"]) say(text);
  goTo(14_999);
  expect(spoken).toEqual(["1 ballot"]);
  goTo(15_000);
  expect(spoken).toEqual(["1 ballot", "4 ballots"]);
});

test("what is said again is not spoken again", () => {
  const { say, spoken, goTo } = movable(0);
  say("Sent");
  goTo(1);
  say("Sent");
  goTo(2);
  expect(spoken).toEqual(["Sent"]);
});

test("nothing is spoken after the end", () => {
  const { say, stop, spoken, goTo } = movable(0);
  say("Sent");
  stop();
  goTo(1);
  expect(spoken).toEqual([]);
});
