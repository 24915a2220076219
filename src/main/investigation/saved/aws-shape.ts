import type { KeptInvestigation } from '../../../shared/contract/investigation';
import type { EntityType } from '../../../shared/model/entity';
import type { Kept } from './store';

/** The member of IndicatorDetail that ListIndicators uses for each of its types. */
const DETAIL: Readonly<Record<string, string>> = {
  TTP_OBSERVED: 'TTPsObservedDetail',
  IMPOSSIBLE_TRAVEL: 'ImpossibleTravelDetail',
  FLAGGED_IP_ADDRESS: 'FlaggedIpAddressDetail',
  NEW_GEOLOCATION: 'NewGeolocationDetail',
  NEW_ASO: 'NewAsoDetail',
  NEW_USER_AGENT: 'NewUserAgentDetail',
  RELATED_FINDING: 'RelatedFindingDetail',
  RELATED_FINDING_GROUP: 'RelatedFindingGroupDetail',
};

/** IAM_ROLE and IAM_USER as AWS names them; the others in the same way. */
const ENTITY_TYPE: Readonly<Record<EntityType, string>> = {
  role: 'IAM_ROLE',
  user: 'IAM_USER',
  roleSession: 'IAM_ROLE_SESSION',
  federatedUser: 'FEDERATED_USER',
  accessKey: 'ACCESS_KEY',
  account: 'AWS_ACCOUNT',
  service: 'AWS_SERVICE',
  address: 'IP_ADDRESS',
  instance: 'EC2_INSTANCE',
  bucket: 'S3_BUCKET',
  function: 'LAMBDA_FUNCTION',
  userAgent: 'USER_AGENT',
  cluster: 'EKS_CLUSTER',
  pod: 'KUBERNETES_POD',
  image: 'CONTAINER_IMAGE',
  kubernetesSubject: 'KUBERNETES_SUBJECT',
  domain: 'DOMAIN',
  resource: 'RESOURCE',
};

/** An entry of ListInvestigations. */
export function investigationDetail(kept: Omit<KeptInvestigation, 'origin'>): object {
  return {
    InvestigationId: kept.id,
    Severity: kept.severity.toUpperCase(),
    Status: 'SUCCESSFUL',
    State: kept.state,
    CreatedTime: kept.createdAt,
    EntityArn: kept.entity.id,
    EntityType: ENTITY_TYPE[kept.entity.type],
  };
}

/** GetInvestigation's answer with the Indicators of ListIndicators; `report` holds everything in our own shape. */
export function getInvestigation(kept: Kept, graph: string): object {
  const { investigation } = kept;
  return {
    GraphArn: graph,
    ...investigationDetail({ ...kept, ...investigation, indicators: investigation.indicators.length }),
    ScopeStartTime: investigation.scope.from,
    ScopeEndTime: investigation.scope.to,
    Indicators: investigation.indicators.map(({ type, detail }) => ({
      IndicatorType: type,
      IndicatorDetail: { [DETAIL[type] ?? `${pascal(type)}Detail`]: detail },
    })),
    report: investigation,
  };
}

function pascal(type: string): string {
  return type
    .toLowerCase()
    .split('_')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
}
