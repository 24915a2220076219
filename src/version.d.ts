/** The product's version, set at build time from package.json. */
declare const __COLDTRAIL_VERSION__: string;
