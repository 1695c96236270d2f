import { Guide } from './Guide.tsx';

/** In place of the list of traces while there are none. */
export const FirstStart = () => (
  <>
    <title>Traces · Sidelight</title>
    <Guide heading="No traces yet" />
  </>
);
