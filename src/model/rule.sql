-- only where exists: pg_rewrite where rulename <> '_RETURN' and oid >= 16384
-- opens tables
select n.nspname as "schemas/", case when c.relkind = 'v' then c.relname end as "views/",
       case when c.relkind <> 'v' then c.relname end as "tables/", r.rulename as "rules/",
       ltrim(substr(pg_get_ruledef(r.oid), length('CREATE RULE ' || quote_ident(r.rulename) || ' AS') + 1), E' \n') as definition,
       case r.ev_enabled when 'O' then 'origin' when 'R' then 'replica' when 'A' then 'always' when 'D' then 'disabled'
            end as enabled,
       said.description as comment
  from pg_rewrite r
  join pg_class c on c.oid = r.ev_class
  join pg_namespace n on n.oid = c.relnamespace
  left join pg_description said on said.objoid = r.oid and said.classoid = 'pg_rewrite'::regclass and said.objsubid = 0
 where r.rulename <> '_RETURN'
   and c.relkind in ('r', 'p', 'v')
   and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
