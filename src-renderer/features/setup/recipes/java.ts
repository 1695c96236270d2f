import { overHttp, shortDelays } from './environment.ts';
import type { Recipe } from './recipe.ts';

export const java: Recipe = {
  label: 'Java',
  steps: (place) => [
    {
      title: 'Fetch the OpenTelemetry agent',
      code: 'curl -L -O https://github.com/open-telemetry/opentelemetry-java-instrumentation/releases/latest/download/opentelemetry-javaagent.jar',
    },
    { title: 'Tell it where to send', variables: [...overHttp(place), ...shortDelays] },
    { title: 'Run it, without a change to the code', code: 'java -javaagent:opentelemetry-javaagent.jar -jar app.jar' },
  ],
  note: 'The agent sends traces and the logs of Logback, Log4j and java.util.logging. Spring Boot, JDBC, Kafka and about a hundred others are recognised. Under Gradle or an IDE, put the -javaagent option into JAVA_TOOL_OPTIONS.',
};
