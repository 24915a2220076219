import * as v from 'valibot';
import { defineContract } from './define';
import { Nothing } from './words';

const NamesHidden = v.object({ hidden: v.boolean() });

export const screenContract = defineContract({
  /** Whether every name, address, account, key and resource id of the case is shown as a pseudonym. */
  'screen/names': { request: Nothing, response: NamesHidden },
  /** Hides or shows them from the next answer on, also in later runs, and loads the page anew. */
  'screen/hide': { request: NamesHidden, response: NamesHidden },
});
