select array['schemas'::text, n.nspname, case c.relkind when 'm' then 'materialized_views' else 'tables' end, c.relname, 'indexes', x.relname] as path,
       pg_get_indexdef(i.indexrelid) as definition,
       i.indisvalid as valid,
       i.indisreplident as replica_identity,
       i.indisclustered as clustered,
       s.spcname as tablespace,
       (select d.description from pg_description d
         where d.objoid = i.indexrelid and d.classoid = 'pg_class'::regclass and d.objsubid = 0) as comment
  from pg_index i
  join pg_class x on x.oid = i.indexrelid
  join pg_class c on c.oid = i.indrelid
  join pg_namespace n on n.oid = c.relnamespace
  left join pg_tablespace s on s.oid = x.reltablespace
 where c.relkind in ('r', 'p', 'm')
   and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
   and not exists (select from pg_constraint k
                    where k.conindid = i.indexrelid and k.conrelid = i.indrelid and k.contype in ('p', 'u', 'x'))
