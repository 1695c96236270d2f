import { z } from 'zod';

/**
 * Schemas look at this when they are made: zod would otherwise compile parsers with `new Function`, which the content security policy forbids and reports. So this
 * module is imported before any that holds a schema.
 */
z.config({ jitless: true });
