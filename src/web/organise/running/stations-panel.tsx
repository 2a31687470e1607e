import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { useInfiniteQuery } from "@tanstack/react-query";
import { eventsQuery } from "../../api/queries.ts";
import type { ApiDecision } from "../../contract.ts";
import { readAsSignedIn } from "../api/read-as-signed-in.ts";
import { VoterLookUp } from "../roll/voter-look-up.tsx";
import { useSession } from "../session/use-session.ts";
import { CastForm } from "./cast-form.tsx";
import { LookUpForm } from "./look-up-form.tsx";
import { StationKeys } from "./station-keys.tsx";
import { stationWords } from "./station-words.ts";
import { useOnceTrue } from "./use-once-true.ts";

/** Polling stations: what they may do, their keys, and what may be looked up. */
export function StationsPanel({ decision }: { decision: ApiDecision }) {
  const { i18n, t } = useLingui();
  const { role } = useSession();
  const { id, stations, electorate, status } = decision;
  const wasOpen = useOnceTrue(status === "open");
  return (
    <section className="running-part" aria-labelledby="stations-title">
      <h2 id="stations-title">
        <Trans>Polling stations</Trans>
      </h2>
      <p>{stationWords(i18n, stations)}.</p>
      {stations === "none" ? null : (
        <>
          <LookUps id={id} />
          <StationKeys decision={decision} />
        </>
      )}
      {electorate === "roll" ? (
        <VoterLookUp decision={decision} label={t`Is somebody on the roll?`} />
      ) : null}
      {role === "admin" && stations !== "none" && wasOpen ? (
        <>
          <LookUpForm decision={decision} />
          <CastForm decision={decision} />
        </>
      ) : null}
    </section>
  );
}

/** How often stations have asked whether somebody has voted, which is public. */
function LookUps({ id }: { id: string }) {
  const { data } = useInfiniteQuery(eventsQuery(readAsSignedIn, id));
  const lookUps = data?.pages.at(-1)?.look_ups;
  if (lookUps === undefined) return null;
  return (
    <p>
      <Plural
        value={lookUps}
        one="Stations have asked # time whether a voter has voted."
        other="Stations have asked # times whether a voter has voted."
      />{" "}
      <Trans>Everybody can read this figure.</Trans>
    </p>
  );
}
