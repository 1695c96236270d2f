import { Guide } from './Guide.tsx';

/** How to point a service at Sidelight, and whether anything arrives. */
export const SetupPage = () => (
  <>
    <title>Setup · Sidelight</title>
    <Guide heading="Send telemetry here" />
  </>
);
