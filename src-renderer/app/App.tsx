import { RouterProvider } from '@tanstack/react-router';
import { BridgeProvider, type EngineConnection } from '#ui/bridge/index.ts';
import { TooltipProvider } from '#ui/widgets/Tooltip.tsx';
import { router } from './router.tsx';
import { useDesktopMenu } from './use-desktop-menu.ts';

export const App = ({ engine }: { engine: EngineConnection }) => {
  useDesktopMenu();
  return (
    <BridgeProvider engine={engine}>
      <TooltipProvider>
        <RouterProvider router={router} />
      </TooltipProvider>
    </BridgeProvider>
  );
};
