import { OcsfRecord, present } from '../ocsf';

/** A WAF record of Security Lake in the spelling of WAF's own log, the whole OCSF record under `ocsf`. */
export function fromOcsf(text: string): string {
  const o = OcsfRecord.parse(text);
  const action = o.text('disposition', 'action');
  const labels = o.at('metadata.labels');
  const record = {
    ...o.unmapped,
    timestamp: o.at('time'),
    formatVersion: o.text('metadata.product.version'),
    webaclId: o.text('metadata.product.feature.uid'),
    terminatingRuleId: o.text('firewall_rule.uid'),
    terminatingRuleType: o.text('firewall_rule.type'),
    action: action === undefined ? undefined : (ACTIONS[action] ?? action.toUpperCase()),
    httpSourceName: o.text('src_endpoint.svc_name'),
    httpSourceId: o.text('src_endpoint.uid'),
    responseCodeSent: o.at('http_status', 'http_response.code'),
    labels: Array.isArray(labels) ? labels.map((name: unknown) => ({ name })) : undefined,
    httpRequest: {
      clientIp: o.text('src_endpoint.ip'),
      country: o.text('src_endpoint.location.country'),
      httpMethod: o.text('http_request.http_method'),
      uri: o.text('http_request.url.path'),
      args: o.text('http_request.args'),
      httpVersion: o.text('http_request.version'),
      requestId: o.text('http_request.uid'),
      headers: o.at('http_request.http_headers'),
    },
  };
  return JSON.stringify({ ...present(record), ocsf: o.whole });
}

const ACTIONS: Readonly<Record<string, string>> = {
  Blocked: 'BLOCK',
  Denied: 'BLOCK',
  Allowed: 'ALLOW',
  Captcha: 'CAPTCHA',
  Challenge: 'CHALLENGE',
};
