import type { Random } from '../random/random';
import type { Bucket } from '../world/account';

/** Keys of objects as the bucket holds them. */
export function composeKeys(bucket: Bucket, count: number, random: Random): string[] {
  return Array.from({ length: count }, () => {
    const name = `${random.hex(10)}.${random.pick(['parquet', 'csv.gz', 'pdf', 'zip'])}`;
    return `${random.pick(bucket.prefixes)}/${random.int(1, 28)}/${name}`;
  });
}
