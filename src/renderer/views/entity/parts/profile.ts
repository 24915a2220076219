import type { ResponseOf } from '../../../../shared/contract/index';

export type Profile = ResponseOf<'entity/profile'>;
