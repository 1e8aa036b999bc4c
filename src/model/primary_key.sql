select array['schemas'::text, n.nspname, 'tables', c.relname, 'primary_key', k.conname] as path,
       pg_get_constraintdef(k.oid) as definition,
       (select d.description from pg_description d
         where d.objoid = k.oid and d.classoid = 'pg_constraint'::regclass and d.objsubid = 0) as comment
  from pg_constraint k
  join pg_class c on c.oid = k.conrelid
  join pg_namespace n on n.oid = c.relnamespace
 where k.contype = 'p'
   and c.relkind in ('r', 'p')
   and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
