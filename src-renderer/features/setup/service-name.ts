export const defaultServiceName = 'my-service';

const maxChars = 100;

/** What a person types as a service's name, fit for shells, YAML and string literals alike: other characters than letters, digits and `. _ - /` become dashes. */
export const serviceName = (typed: string): string => typed.replaceAll(/[^\p{L}\p{N}._/-]/gu, '-').slice(0, maxChars);
