select array['schemas'::text, n.nspname, case c.relkind when 'v' then 'views' else 'tables' end, c.relname,
             'triggers', t.tgname] as path,
       pg_get_triggerdef(t.oid) as definition,
       case t.tgenabled when 'O' then 'origin' when 'R' then 'replica' when 'A' then 'always' when 'D' then 'disabled'
            end as enabled,
       (select d.description from pg_description d
         where d.objoid = t.oid and d.classoid = 'pg_trigger'::regclass and d.objsubid = 0) as comment
  from pg_trigger t
  join pg_class c on c.oid = t.tgrelid
  join pg_namespace n on n.oid = c.relnamespace
 where not t.tgisinternal
   and c.relkind in ('r', 'p', 'v')
   and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
