import type { KeptInvestigation } from '../../../shared/contract/investigation';
import type { EntityRef } from '../../../shared/model/entity';
import type { TimeRange } from '../../../shared/model/time';
import { logAction } from '../../custody/action-log';
import { actingIn } from '../../investigation/investigate/acting-in';
import { investigateEntity } from '../../investigation/investigate/index';
import { inShort, keep, setState } from '../../investigation/saved/store';
import type { Handlers, QueryContext } from '../../queries/handlers';
import type { CurrentCase } from '../current-case';

type KeepCall = 'keep/investigation' | 'keep/incident' | 'keep/state';

/** What the user decides to keep in the case; every one is a line in its log of actions. */
export function keepHandlers(current: CurrentCase): Handlers<KeepCall> {
  return {
    'keep/investigation': ({ entity, scope }) => {
      current.writableFolder();
      return current.ask((context) => keepOne(context, entity, scope));
    },
    'keep/incident': ({ id }) => {
      current.writableFolder();
      return current.ask(async (context) => {
        const kept: KeptInvestigation[] = [];
        for (const entity of await actingIn(context.connection, id))
          kept.push(await keepOne(context, entity, null));
        return kept;
      });
    },
    'keep/state': async ({ id, state }) => {
      const caseFolder = current.writableFolder();
      const kept = await setState(caseFolder, id, state);
      await logAction(caseFolder, 'investigated', { investigation: id, state });
      return inShort(kept);
    },
  };
}

async function keepOne(
  { connection, caseFolder }: QueryContext,
  entity: EntityRef,
  scope: TimeRange | null,
): Promise<KeptInvestigation> {
  const investigation = await investigateEntity(connection, { entity, scope });
  const kept = await keep(caseFolder, investigation, new Date().toISOString());
  await logAction(caseFolder, 'investigated', { entity: entity.id, investigation: kept.id });
  return inShort(kept);
}
