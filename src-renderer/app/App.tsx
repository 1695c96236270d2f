import { RouterProvider } from '@tanstack/react-router';
import { BridgeProvider, type EngineConnection } from '#ui/bridge/index.ts';
import { TooltipProvider } from '#ui/widgets/Tooltip.tsx';
import { router } from './router.tsx';

export const App = ({ engine }: { engine: EngineConnection }) => (
  <BridgeProvider engine={engine}>
    <TooltipProvider>
      <RouterProvider router={router} />
    </TooltipProvider>
  </BridgeProvider>
);
