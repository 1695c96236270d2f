import { BadPayloadError } from './bad-payload-error.ts';

/**
 * What one request may cost, so that it holds nobody up for long: the smallest records that the size limit lets in are two million, and each may come from a service of its own.
 * Batches of SDKs hold hundreds, those of Collectors thousands; 64 MiB of usual spans are 130,000.
 */
const maxRecords = 150_000;
const maxSources = 10_000;

/** Throws `BadPayloadError` where a request holds too many records. */
export function checkRecords(records: number): void {
  if (records > maxRecords) throw new BadPayloadError(`The request holds more than ${maxRecords} records; send fewer at a time.`);
}

/** Throws `BadPayloadError` where a request describes too many different resources and scopes. */
export function checkSources(sources: number): void {
  if (sources > maxSources)
    throw new BadPayloadError(`The request describes more than ${maxSources} different resources and scopes; send fewer at a time.`);
}
