import { useNavigate, useSearch } from '@tanstack/react-router';
import { Guide } from './Guide.tsx';
import { useTarget } from './use-target.ts';

/** How to point a service at Sidelight, and whether anything arrives. The address says for which language. */
export const SetupPage = () => {
  const { for: asked } = useSearch({ from: '/setup' });
  const navigate = useNavigate({ from: '/setup' });
  const [remembered, remember] = useTarget();
  return (
    <>
      <title>Setup · Sidelight</title>
      <Guide
        heading="Send telemetry here"
        target={asked ?? remembered}
        onTarget={(target) => {
          remember(target);
          void navigate({ search: { for: target }, replace: true });
        }}
      />
    </>
  );
};
