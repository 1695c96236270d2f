import { RouterProvider } from '@tanstack/react-router';
import { BridgeProvider, type EngineConnection } from '#ui/bridge/index.ts';
import { useReadAhead } from '#ui/features/trace/index.ts';
import { TooltipProvider } from '#ui/widgets/Tooltip.tsx';
import { router } from './router.tsx';
import { useDesktopMenu } from './use-desktop-menu.ts';

export const App = ({ engine }: { engine: EngineConnection }) => {
  useDesktopMenu();
  return (
    <BridgeProvider engine={engine}>
      <TooltipProvider>
        <Views />
      </TooltipProvider>
    </BridgeProvider>
  );
};

const Views = () => {
  const readAhead = useReadAhead();
  return <RouterProvider router={router} context={{ readAhead }} />;
};
