import { Timer } from 'lucide-react';
import { inertText } from '#proto/text/inert-text';
import { IconButton } from '#ui/widgets/IconButton.tsx';

/** Opens the longest span of a group beside its numbers. */
export const SlowestLink = ({ what, onOpen }: { what: string; onOpen: () => void }) => (
  <IconButton
    label={`Slowest span of ${inertText(what).slice(0, 80)}`}
    tabIndex={-1}
    onClick={(event) => {
      event.stopPropagation();
      onOpen();
    }}
  >
    <Timer aria-hidden />
  </IconButton>
);
