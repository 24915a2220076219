import { columnSource } from './column-source';

const ARN =
  "regexp_replace(e.user_arn, '^arn:([^:]+):sts::(\\d+):assumed-role/([^/]+).*$', 'arn:\\1:iam::\\2:role/\\3')";

/** Kubernetes audit logs of EKS clusters, with the field names of the audit event. */
export const k8sAudit = columnSource({
  id: 'k8s-audit',
  table: 'k8s_audit',
  names: ['kubernetes/audit', 'kubernetes/application', 'aws/eks', 'aws/eks-audit', 'kubernetes/'],
  columns: {
    auditID: 'audit_id',
    level: 'level',
    stage: 'stage',
    verb: 'verb',
    requestURI: 'request_uri',
    userAgent: 'user_agent',
    'user.username': 'user_username',
    'user.uid': 'user_uid',
    'impersonatedUser.username': 'impersonated_username',
    'objectRef.resource': 'object_resource',
    'objectRef.subresource': 'object_subresource',
    'objectRef.namespace': 'object_namespace',
    'objectRef.name': 'object_name',
    'objectRef.apiGroup': 'object_api_group',
    'objectRef.apiVersion': 'object_api_version',
    'responseStatus.code': 'response_code',
    'responseStatus.status': 'response_status',
    'responseStatus.reason': 'response_reason',
    'responseStatus.message': 'response_message',
    'annotations.authorization.k8s.io/decision': 'decision',
    'annotations.authorization.k8s.io/reason': 'decision_reason',
    'coldtrail.cluster': 'cluster',
    'coldtrail.userArn': 'user_arn',
    'coldtrail.sourceIp': 'source_ip',
  },
  lists: {
    'user.groups': 'user_groups',
    'impersonatedUser.groups': 'impersonated_groups',
    sourceIPs: 'source_ips',
  },
  documents: {
    'user.extra': 'user_extra',
    annotations: 'annotations',
    requestObject: 'request_object',
    responseObject: 'response_object',
  },
  profile: ['verb', 'stage', 'object_resource', 'object_subresource', 'decision'],
  idColumn: 'audit_id',
  subject: {
    account: 'e.account_id',
    principal: `coalesce(${ARN}, e.user_username)`,
    principalType:
      "CASE WHEN contains(e.user_arn, ':assumed-role/') OR contains(e.user_arn, ':role/') THEN 'role' WHEN e.user_arn IS NULL THEN 'kubernetesSubject' ELSE 'user' END",
    credential: 'e.user_access_key_id',
    address: 'e.source_ip',
    targetType:
      "CASE WHEN e.object_resource = 'pods' AND e.object_name <> '' THEN 'pod' WHEN e.object_resource IS NULL THEN 'cluster' ELSE 'resource' END",
    target: "concat_ws('/', e.cluster, e.object_namespace, e.object_resource, e.object_name)",
    words:
      "concat_ws(' ', coalesce(e.user_arn, e.user_username, 'somebody'), 'asked to', e.verb, concat_ws('/', e.object_resource, e.object_subresource), concat_ws('/', e.object_namespace, e.object_name), 'from ' || e.source_ip, CASE WHEN e.decision = 'forbid' OR e.response_code >= 400 THEN '(refused)' END)",
  },
});
