import { Guide } from './Guide.tsx';
import { useTarget } from './use-target.ts';

/** In place of the list of traces while there are none. */
export const FirstStart = () => {
  const [target, remember] = useTarget();
  return (
    <>
      <title>Traces · Sidelight</title>
      <Guide heading="No traces yet" target={target} onTarget={remember} />
    </>
  );
};
