import { clockAhead } from './clock-ahead.ts';
import { clockBehind } from './clock-behind.ts';
import { logsWithoutContext } from './logs-without-context.ts';
import { noServiceName } from './no-service-name.ts';
import type { Rule } from './rule.ts';
import { singleSignal } from './single-signal.ts';
import { slowBatches } from './slow-batches.ts';

/** All that is judged from what a service has sent. */
export const serviceRules: readonly Rule[] = [clockAhead, clockBehind, noServiceName, logsWithoutContext, singleSignal, slowBatches];
