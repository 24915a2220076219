/** SQL text of the last two labels of `query_name`, or three below a public suffix of two: near enough to what somebody registered. */
export const REGISTERED_SQL = `regexp_extract(lower(rtrim(query_name, '.')), '([^.]+\\.(?:(?:co|com|net|org|gov|ac|edu)\\.[a-z]{2}|[^.]+))$', 1)`;
