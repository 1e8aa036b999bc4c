select array['schemas'::text, n.nspname, 'tables', c.relname, 'foreign_keys', k.conname] as path,
       pg_get_constraintdef(k.oid) as definition,
       case when k.conparentid <> 0 and not k.conislocal then 'true'::jsonb end as inherited,
       (select d.description from pg_description d
         where d.objoid = k.oid and d.classoid = 'pg_constraint'::regclass and d.objsubid = 0) as comment
  from pg_constraint k
  join pg_class c on c.oid = k.conrelid
  join pg_namespace n on n.oid = c.relnamespace
 where k.contype = 'f'
   and c.relkind in ('r', 'p')
   and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
   -- Not the copies that a partitioned table at the other end brings with it.
   and not exists (select from pg_constraint p where p.oid = k.conparentid and p.conrelid = k.conrelid)
