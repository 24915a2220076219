/** Fields of an S3 server access log: https://docs.aws.amazon.com/AmazonS3/latest/userguide/LogFormat.html */
export const S3_ACCESS: readonly string[] =
  'bucket_owner bucket time remote_ip requester request_id operation key request_uri http_status error_code bytes_sent object_size total_time turn_around_time referer user_agent version_id host_id signature_version cipher_suite authentication_type host_header tls_version access_point_arn acl_required'.split(
    ' ',
  );
/** https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-access-logs.html */
export const ALB: readonly string[] =
  'type time elb client:port target:port request_processing_time target_processing_time response_processing_time elb_status_code target_status_code received_bytes sent_bytes request user_agent ssl_cipher ssl_protocol target_group_arn trace_id domain_name chosen_cert_arn matched_rule_priority request_creation_time actions_executed redirect_url error_reason target:port_list target_status_code_list classification classification_reason conn_trace_id'.split(
    ' ',
  );
/** https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-connection-logs.html */
export const ALB_CONNECTION: readonly string[] =
  'timestamp client_ip client_port listener_port tls_protocol tls_cipher tls_handshake_latency leaf_client_cert_subject leaf_client_cert_validity leaf_client_cert_serial_number tls_verify_status conn_trace_id tls_keyexchange'.split(
    ' ',
  );
/** https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-access-logs.html */
export const NLB: readonly string[] =
  'type version time elb listener client:port destination:port connection_time tls_handshake_time received_bytes sent_bytes incoming_tls_alert chosen_cert_arn chosen_cert_serial tls_cipher tls_protocol_version tls_named_group domain_name alpn_fe_protocol alpn_be_protocol alpn_client_preference_list tls_connection_creation_time'.split(
    ' ',
  );
/** https://docs.aws.amazon.com/elasticloadbalancing/latest/classic/access-log-collection.html */
export const CLB: readonly string[] =
  'time elb client:port backend:port request_processing_time backend_processing_time response_processing_time elb_status_code backend_status_code received_bytes sent_bytes request user_agent ssl_cipher ssl_protocol'.split(
    ' ',
  );
/** Query logs of a public hosted zone: https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/query-logs.html */
export const HOSTED_ZONE: readonly string[] =
  'version query_timestamp hosted_zone_id query_name query_type rcode transport edge_location srcaddr client_subnet'.split(
    ' ',
  );
/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/standard-logs-reference.html */
export const CLOUDFRONT: readonly string[] =
  'date time x-edge-location sc-bytes c-ip cs-method cs(Host) cs-uri-stem sc-status cs(Referer) cs(User-Agent) cs-uri-query cs(Cookie) x-edge-result-type x-edge-request-id x-host-header cs-protocol cs-bytes time-taken x-forwarded-for ssl-protocol ssl-cipher x-edge-response-result-type cs-protocol-version fle-status fle-encrypted-fields c-port time-to-first-byte x-edge-detailed-result-type sc-content-type sc-content-len sc-range-start sc-range-end'.split(
    ' ',
  );
/**
 * Real-time logs with all fields, in the only order that they come in; spelt as the standard logs spell them where those have them:
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/real-time-logs.html
 */
export const CLOUDFRONT_REAL_TIME: readonly string[] =
  'timestamp c-ip time-to-first-byte sc-status sc-bytes cs-method cs-protocol cs(Host) cs-uri-stem cs-bytes x-edge-location x-edge-request-id x-host-header time-taken cs-protocol-version c-ip-version cs(User-Agent) cs(Referer) cs(Cookie) cs-uri-query x-edge-response-result-type x-forwarded-for ssl-protocol ssl-cipher x-edge-result-type fle-encrypted-fields fle-status sc-content-type sc-content-len sc-range-start sc-range-end c-port x-edge-detailed-result-type c-country cs-accept-encoding cs-accept cache-behavior-path-pattern cs-headers cs-header-names cs-headers-count primary-distribution-id primary-distribution-dns-name origin-fbl origin-lbl asn'.split(
    ' ',
  );
