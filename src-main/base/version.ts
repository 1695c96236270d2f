import packageJson from '#package' with { type: 'json' };

/** Sidelight's version, as in package.json. */
export const version = packageJson.version;
