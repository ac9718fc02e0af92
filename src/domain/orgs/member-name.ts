/** What people call a member, over the columns of `alias`; `name_key` of the table is the same in lower case. */
export const memberNameSql = (alias: string) =>
  `coalesce(nullif(${alias}.display_name, ''),
    nullif(trim(coalesce(${alias}.first_name, '') || ' ' || coalesce(${alias}.last_name, '')), ''), ${alias}.email, '')`;
