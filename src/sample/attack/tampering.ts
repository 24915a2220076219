import type { Actor } from '../stage/actor';
import type { Stage } from '../stage/stage';
import type { IncidentTruth } from '../stage/truth';
import type { Account } from '../world/account';

/**
 * Blinds the account's second trail in one of four ways, after a look at what there is. The organisation's trail goes
 * on, as it does in real cases, so the rest of the story is still in the bundle. Returns the moment of it.
 */
export function blindTrail(stage: Stage, actor: Actor, account: Account, incident: IncidentTruth): number {
  const { random } = actor.scene;
  const { home } = account;
  const name = `arn:aws:cloudtrail:${home}:${account.id}:trail/${account.secondTrail}`;
  actor.call('cloudtrail:DescribeTrails', {
    request: { includeShadowTrails: true, trailNameList: [] },
    region: home,
  });
  actor.call('cloudtrail:GetTrailStatus', { request: { name }, region: home });
  const way = random.int(0, 3);
  if (way === 0) {
    actor.call('cloudtrail:StopLogging', { request: { name }, region: home });
  } else if (way === 1) {
    actor.call('cloudtrail:StopLogging', { request: { name }, region: home });
    actor.pause(random.int(20, 200)).call('cloudtrail:DeleteTrail', { request: { name }, region: home });
  } else if (way === 2) {
    const eventSelectors = [
      {
        readWriteType: 'ReadOnly',
        includeManagementEvents: false,
        dataResources: [],
        excludeManagementEventSources: [],
      },
    ];
    actor.call('cloudtrail:GetEventSelectors', { request: { trailName: name }, region: home });
    actor.call('cloudtrail:PutEventSelectors', {
      request: { trailName: name, eventSelectors },
      response: { trailARN: name, eventSelectors },
      region: home,
    });
  } else {
    actor.call('cloudtrail:DeleteTrail', { request: { name }, region: home });
  }
  stage.silence(account, actor.now);
  incident.addTechniques('T1562.008', 'T1685.002');
  return actor.now;
}

/** Switches off the other watchers: flow logs, threat detection, configuration history. */
export function blindWatchers(actor: Actor, account: Account, incident: IncidentTruth): void {
  const region = account.home;
  const detectorId = account.detectors[region] ?? '';
  actor.call('guardduty:ListDetectors', { region });
  actor.call('guardduty:UpdateDetector', { region, request: { detectorId, enable: false } });
  actor.call('ec2:DescribeFlowLogs', { region, request: { filterSet: {} } });
  actor.call('ec2:DeleteFlowLogs', {
    region,
    request: { DeleteFlowLogsRequest: { FlowLogId: { content: account.flowLogs[region] ?? '', tag: 1 } } },
    response: { DeleteFlowLogsResponse: { requestId: actor.scene.random.uuid() } },
  });
  actor.call('config:StopConfigurationRecorder', {
    region,
    request: { configurationRecorderName: 'default' },
  });
  incident.addTechniques('T1562.001', 'T1562.008', 'T1685', 'T1685.002');
}
