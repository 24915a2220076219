/**
 * SQL test that a client family asks everywhere as a matter of course: plans of infrastructure-as-code tools and pages of
 * the console.
 */
export function asksEverywhereSql(family: string): string {
  return `regexp_matches(coalesce(${family}, ''), '^(terraform|opentofu|pulumi|cloudformation|aws-cdk|crossplane|ansible|aws-console|browser)')`;
}
