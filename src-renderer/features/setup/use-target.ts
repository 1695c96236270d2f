import { type Target, targets } from './recipes/all.ts';
import { useRemembered } from './use-remembered.ts';

/** The language that was chosen last. */
export const useTarget = (): [Target, (target: Target) => void] => useRemembered<Target>('setup.language', targets, 'python');
