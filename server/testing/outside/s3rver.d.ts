/** The part of it that the tests use; it brings no types of its own. */
declare module "s3rver" {
  // biome-ignore lint/style/noDefaultExport: so the package exports it.
  export default class S3rver {
    constructor(options: {
      address: string;
      port: number;
      silent: boolean;
      directory: string;
      configureBuckets: { name: string; configs: string[] }[];
    });
    run(): Promise<{ address: string; port: number }>;
    close(): Promise<void>;
  }
}
