select n.nspname as "schemas/", c.relname as "tables/", k.conname as "foreign_keys/",
       pg_get_constraintdef(k.oid) as definition,
       case when k.conparentid <> 0 and not k.conislocal then 'true'::jsonb end as inherited,
       said.description as comment
  from pg_constraint k
  join pg_class c on c.oid = k.conrelid
  join pg_namespace n on n.oid = c.relnamespace
  left join pg_description said
    on said.objoid = k.oid and said.classoid = 'pg_constraint'::regclass and said.objsubid = 0
 where k.contype = 'f'
   and c.relkind in ('r', 'p')
   and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
   -- Not the copies that a partitioned table at the other end brings with it.
   and not exists (select from pg_constraint p where p.oid = k.conparentid and p.conrelid = k.conrelid)
