import { Trans } from "@lingui/react/macro";
import type { GuideRoute } from "./api-guide.ts";
import { BodyBlock } from "./body-block.tsx";
import { ParameterList } from "./parameter-list.tsx";
import { WithCode } from "./with-code.tsx";

/** One route: what it does, who may use it, what it takes, and every answer with its codes. */
export function OperationSection({ route }: { route: GuideRoute }) {
  return (
    <section className="docs-route" id={route.id}>
      <h3>
        <a href={`#${route.id}`}>
          <WithCode text={route.summary} />
        </a>
      </h3>
      <p className="docs-line">
        <span className="docs-method" lang="en">
          {route.method}
        </span>{" "}
        <code>{route.path}</code>
      </p>
      <p className="docs-who">
        <WhoMay {...route} />
      </p>
      {route.description === "" ? null : (
        <p>
          <WithCode text={route.description} />
        </p>
      )}
      {route.parameters.length === 0 ? null : <ParameterList parameters={route.parameters} />}
      {route.sends.map((body) => (
        <BodyBlock key={body.text} body={body} isSent />
      ))}
      <h4>
        <Trans>Answers</Trans>
      </h4>
      <dl className="docs-answers">
        {route.answers.map(({ status, description, bodies }) => (
          <div className="docs-answer" key={status}>
            <dt>{status}</dt>
            <dd>
              <p>
                <WithCode text={description} />
              </p>
              {bodies.map((body) => (
                <BodyBlock key={body.text} body={body} />
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function WhoMay({ credentials, isPublic }: Pick<GuideRoute, "credentials" | "isPublic">) {
  const names = credentials.join(", ");
  if (names === "") return <Trans>Public: no credential</Trans>;
  if (isPublic)
    return (
      <Trans>
        Public; drafts with a credential: <code>{names}</code>
      </Trans>
    );
  return (
    <Trans>
      With a credential: <code>{names}</code>
    </Trans>
  );
}
