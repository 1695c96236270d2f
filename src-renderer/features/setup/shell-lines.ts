import type { Variable } from './recipes/recipe.ts';

export const shells = ['sh', 'powershell', 'dotenv'] as const;
export type Shell = (typeof shells)[number];

/** The variables as lines to paste. Values are addresses, numbers, plain words and names of services as `serviceName` makes them: none needs escaping. */
export const shellLines = (shell: Shell, variables: readonly Variable[]): string =>
  variables
    .map(([name, value]) => {
      if (shell === 'powershell') return `$env:${name} = "${value}"`;
      return shell === 'sh' ? `export ${name}=${value}` : `${name}=${value}`;
    })
    .join('\n');
