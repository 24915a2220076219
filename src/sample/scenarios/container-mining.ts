import { askWhoAmI } from '../attack/reconnaissance';
import { keyHolders, takeKey } from '../attack/stolen-key';
import { itemAt } from '../random/item-at';
import type { Actor } from '../stage/actor';
import type { IncidentTruth } from '../stage/truth';
import { REGIONS } from '../world/ranges';
import { defineScenario } from './scenario';

/** A role for the tasks to come. */
function makeRole(actor: Actor, incident: IncidentTruth): void {
  const { random } = actor.scene;
  const roleName = random.pick(['ecsTaskRole', 'lambda-exec', 'autoscaling-svc', 'batch-service']);
  actor.call('iam:CreateServiceLinkedRole', {
    request: { aWSServiceName: 'autoscaling.amazonaws.com' },
    error: {
      code: 'InvalidInputException',
      message: 'Service role name AWSServiceRoleForAutoScaling has been taken in this account.',
    },
  });
  actor.call('iam:CreateRole', {
    request: {
      roleName,
      assumeRolePolicyDocument: JSON.stringify({
        Version: '2012-10-17',
        Statement: [
          { Effect: 'Allow', Principal: { Service: 'ecs-tasks.amazonaws.com' }, Action: 'sts:AssumeRole' },
        ],
      }),
    },
  });
  actor.call('iam:AttachRolePolicy', {
    request: {
      roleName,
      policyArn: 'arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy',
    },
  });
  incident.addTechniques('T1098.003', 'T1136.003');
}

/** Clusters and a scaling group of one Region, as large as they may be. */
function fill(actor: Actor, region: string, image: string): void {
  const { random } = actor.scene;
  for (let i = random.int(1, 6); i > 0; i -= 1) {
    const clusterName = random.text('abcdefghijklmnopqrstuvwxyz', 10);
    actor.call('ecs:CreateCluster', { region, request: { clusterName } });
    actor.call('ecs:RegisterTaskDefinition', {
      region,
      request: {
        family: clusterName,
        networkMode: 'awsvpc',
        cpu: '16384',
        memory: '32768',
        requiresCompatibilities: ['FARGATE'],
        containerDefinitions: [{ name: clusterName, image, command: ['sh', '-c', './start.sh -a kawpow'] }],
      },
    });
    actor.call('ecs:CreateService', {
      region,
      request: {
        cluster: clusterName,
        serviceName: clusterName,
        desiredCount: random.int(5, 50),
        launchType: 'FARGATE',
      },
    });
  }
  actor.call('ec2:CreateLaunchTemplate', {
    region,
    request: {
      CreateLaunchTemplateRequest: {
        LaunchTemplateName: random.text('abcdefghijklmnopqrstuvwxyz', 8),
        LaunchTemplateData: {
          InstanceType: itemAt(['g4dn.16xlarge', 'c6a.48xlarge', 'p3.16xlarge'], random.int(0, 2)),
          UserData: '<sensitiveDataRemoved>',
        },
      },
    },
  });
  actor.call('autoscaling:CreateAutoScalingGroup', {
    region,
    request: {
      autoScalingGroupName: `SPOT-${random.hex(6)}`,
      minSize: 1,
      maxSize: 999,
      desiredCapacity: 14,
    },
  });
}

export default defineScenario({
  id: 'container-mining',
  title: 'Coins from containers',
  description:
    'A stolen key tests its rights without doing anything, then fills clusters and scaling groups with a mining image.',
  play(stage) {
    const incident = stage.incident('container-mining');
    const victim = stage.random.fork('victim').pick(keyHolders(stage));
    const { account } = victim;
    const { actor } = takeKey(stage, { victim, from: stage.opening, pace: 6 }, incident);
    const { random } = actor.scene;
    askWhoAmI(actor, incident);
    actor.call('servicequotas:GetServiceQuota', { request: { serviceCode: 'ec2', quotaCode: 'L-1216C47A' } });
    actor.call('ec2:RunInstances', {
      request: {
        instancesSet: { items: [{ imageId: `ami-0${random.hex(16)}`, minCount: 1, maxCount: 1 }] },
        instanceType: 't2.micro',
      },
      error: {
        code: 'Client.DryRunOperation',
        message: 'Request would have succeeded, but DryRun flag is set.',
      },
    });
    incident.addTechniques('T1580');
    makeRole(actor, incident);
    const image = random.pick([
      'yenik65958/secret:user',
      'library/ubuntu-data:latest',
      'xpool/worker:v2',
      'node-tls/app:1',
    ]);
    const regions = [
      account.home,
      ...random.sample(
        REGIONS.filter((r) => !account.regions.includes(r)),
        random.int(1, 4),
      ),
    ];
    for (const region of regions) {
      fill(actor, region, image);
    }
    incident.addTechniques('T1610', 'T1496.001', 'T1496', 'T1578.002', 'T1535');
  },
});
