import { Headline } from '../parts/headline.tsx';
import { useSession } from '../parts/use-session.ts';
import { SiteKeys } from './site-keys.tsx';
import { SparkKeys } from './spark-keys.tsx';

/** The keys with which programs come: those of the organisation's site (Propertybase's door), and those of the Spark door. */
export function KeysPage() {
  const session = useSession();
  const csrf = session.data?.csrf ?? '';
  return (
    <>
      <Headline title="Keys">Programs that come without a person bring a key. Each may do what you let it, and no more.</Headline>
      <SiteKeys csrf={csrf} />
      <SparkKeys csrf={csrf} />
    </>
  );
}
