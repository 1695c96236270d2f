import { describe, expect, it } from 'vitest';
import { nodeVersionProblem } from './node-version.ts';

describe('nodeVersionProblem', () => {
  it.each(['22.12.0', '22.20.1', '24.0.0', '100.1.0'])('has nothing to say about %s', (version) => {
    expect(nodeVersionProblem(version)).toBeUndefined();
  });

  it.each(['20.19.5', '22.11.9', '18.0.0'])('says what to do about %s', (version) => {
    expect(nodeVersionProblem(version)).toContain(`this is Node ${version}`);
  });
});
