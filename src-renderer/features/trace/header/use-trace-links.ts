import { useSearch } from '@tanstack/react-router';

interface TraceLink {
  label: string;
  hint: string;
  link: string;
}

/** Links to the trace, and to the span of it that is looked at: one that the installed app opens, and in a browser the address of this very view. */
export const useTraceLinks = (traceId: string): readonly TraceLink[] => {
  const { span } = useSearch({ from: '/traces/$traceId' });
  const deepLink = {
    label: 'Copy link for the app',
    hint:
      span === undefined
        ? 'Opens this trace wherever Sidelight is installed'
        : 'Opens this trace at this span wherever Sidelight is installed',
    link: `sidelight://trace/${traceId}${span === undefined ? '' : `?span=${span}`}`,
  };
  if (window.sidelight !== undefined) return [deepLink];
  return [deepLink, { label: 'Copy address', hint: 'Of this view, in a browser on this machine', link: window.location.href }];
};
