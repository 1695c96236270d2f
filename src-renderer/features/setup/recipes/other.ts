import { overHttp, shortDelays } from './environment.ts';
import type { Recipe } from './recipe.ts';

export const other: Recipe = {
  label: 'Anything else',
  steps: (place) => [{ title: 'Tell it where to send', variables: [...overHttp(place), ...shortDelays] }],
  note: 'Most OpenTelemetry SDKs read these variables. Programs that have their own OTLP_ENDPOINT take the same address. Either port takes gRPC and HTTP, protobuf and JSON.',
};
