select array['schemas'::text, n.nspname, case c.relkind when 'v' then 'views' else 'tables' end, c.relname,
             'rules', r.rulename] as path,
       regexp_replace(pg_get_ruledef(r.oid), '^CREATE RULE .*? AS\s+ON ', 'ON ') as definition,
       case r.ev_enabled when 'O' then 'origin' when 'R' then 'replica' when 'A' then 'always' when 'D' then 'disabled'
            end as enabled,
       (select d.description from pg_description d
         where d.objoid = r.oid and d.classoid = 'pg_rewrite'::regclass and d.objsubid = 0) as comment
  from pg_rewrite r
  join pg_class c on c.oid = r.ev_class
  join pg_namespace n on n.oid = c.relnamespace
 where r.rulename <> '_RETURN'
   and c.relkind in ('r', 'p', 'v')
   and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
