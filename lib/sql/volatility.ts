/**
 * Functions that give one value for a whole statement (STABLE or IMMUTABLE in pg_proc.dat), as far as defaults and migrations use
 * them. What is not listed may be different for each row.
 */
const STEADY = new Set(
  `now transaction_timestamp statement_timestamp current_setting current_schema current_database lower upper concat concat_ws
  format md5 sha224 sha256 sha384 sha512 encode decode length char_length octet_length trim btrim ltrim rtrim replace substring substr left right
  position strpos split_part repeat reverse lpad rpad initcap regexp_replace regexp_match translate abs ceil ceiling floor round trunc
  mod power sqrt sign greatest least date_trunc date_part extract age make_date make_interval make_timestamp make_timestamptz
  to_char to_date to_number to_timestamp timezone date timestamp timestamptz jsonb_build_object json_build_object jsonb_build_array
  json_build_array to_jsonb to_json jsonb_set array_fill array_append array_length cardinality string_to_array array_to_string
  coalesce nullif int4range int8range numrange daterange tsrange tstzrange to_tsvector to_tsquery plainto_tsquery
  justify_interval numeric text int4 int8 float8 bool hstore st_setsrid st_makepoint isfinite quote_literal quote_ident`.split(
    /\s+/,
  ),
);

/** Functions that only read, or change nothing that lasts, though they are volatile. */
const HARMLESS = new Set(
  `pg_sleep random gen_random_uuid uuid_generate_v4 uuid_generate_v1 uuidv7 uuidv4 clock_timestamp timeofday nextval currval lastval setval
  count sum min max avg array_agg string_agg json_agg jsonb_agg bool_and bool_or every json_object_agg jsonb_object_agg row_number rank
  dense_rank lag lead first_value last_value ntile exists to_regclass to_regtype to_regproc pg_get_serial_sequence pg_relation_size
  pg_total_relation_size pg_table_size pg_size_pretty version pg_backend_pid unnest generate_series generate_subscripts
  has_table_privilege has_column_privilege obj_description col_description format_type pg_get_constraintdef pg_get_indexdef
  pg_get_viewdef pg_get_expr pg_typeof txid_current jsonb_each jsonb_each_text jsonb_array_elements
  jsonb_array_elements_text json_array_elements json_each jsonb_object_keys jsonb_typeof jsonb_array_length row_to_json
  string_to_table regexp_split_to_table regexp_split_to_array regexp_matches bit_and bit_or percentile_cont setseed
  pg_try_advisory_lock pg_advisory_unlock pg_try_advisory_xact_lock pg_advisory_xact_lock pg_advisory_lock pg_notify inet_server_addr
  jsonb_strip_nulls jsonb_insert jsonb_extract_path jsonb_extract_path_text array_remove array_replace array_position array_cat array_prepend crypt gen_salt digest hashtext hashtextextended chr ascii
  any_value unaccent similarity mode rows raise found pg_is_in_recovery pg_column_size table_name like_escape overlaps quote_nullable
  current_user session_user width_bucket ln log exp degrees radians div gcd lcm factorial pi sin cos tan num_nulls num_nonnulls xmlelement
  array_upper array_lower array_ndims array_dims array_sort trim_array isempty lower_inc upper_inc range_merge date_bin
  to_hex to_ascii overlay normalize starts_with ends_with regexp_count regexp_instr regexp_like regexp_substr parse_ident`.split(
    /\s+/,
  ),
);

/** Schemas in which people install extensions; a function of another schema is somebody's own, whatever its name. */
const INSTALLED = /^(public|extensions)\./;

/** Whether a call as a default of a new column gives the same for every row. */
export const isSteady = (call: string): boolean => STEADY.has(call.replace(INSTALLED, ''));

/** Whether a call is known not to change data or schema. */
export const isHarmless = (call: string): boolean => isSteady(call) || HARMLESS.has(call.replace(INSTALLED, ''));
