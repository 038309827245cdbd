/** The app: its version, its build, and the licences of all it is made of, which the build has gathered. */
import { useEffect, useState } from 'preact/hooks';
import { type Failure, Fault, toFailure } from '../protocol/fault';
import { t } from '../text/i18n';
import { FactList } from '../widgets/fact-list';
import { Notice } from '../widgets/notice';
import { Progress } from '../widgets/progress';
import { Verbatim } from '../widgets/verbatim';

declare const APP_VERSION: string;
declare const BUILD_ID: string;

interface Licence {
  name: string;
  version: string;
  text: string;
}

async function readLicences(): Promise<Licence[]> {
  const response = await fetch(new URL('licences.json', document.baseURI));
  if (!response.ok) throw new Fault('screen', `licences.json: HTTP ${response.status}`);
  return (await response.json()) as Licence[];
}

export function AppFacts() {
  const facts = [
    [t('about.version'), <Verbatim key="version" text={APP_VERSION} />] as const,
    [t('about.build'), <Verbatim key="build" text={BUILD_ID} />] as const,
  ];
  return (
    <section class="block about">
      <h3 class="lesson-part">{t('about.heading')}</h3>
      <FactList facts={facts} />
      <Licences />
    </section>
  );
}

function Licences() {
  const [come, setCome] = useState<Licence[] | Failure | null>(null);
  const [wanted, setWanted] = useState(false);
  useEffect(() => {
    if (wanted) readLicences().then(setCome, (error) => setCome(toFailure(new Fault('screen', String(error)))));
  }, [wanted]);
  return (
    <details class="details licences" onToggle={({ currentTarget }) => setWanted(wanted || currentTarget.open)}>
      <summary>{t('about.licences')}</summary>
      <p>{t('about.licencesLead')}</p>
      {come === null && <Progress label={t('about.licencesLoading')} share={null} />}
      {come !== null && 'code' in come && <Notice failure={come} />}
      {Array.isArray(come) && (
        <ul class="licence-list" translate={false} lang="en" dir="ltr">
          {come.map(({ name, version, text }) => (
            <li key={name}>
              <details>
                <summary>
                  {name} {version}
                </summary>
                <pre class="licence">{text}</pre>
              </details>
            </li>
          ))}
        </ul>
      )}
    </details>
  );
}
