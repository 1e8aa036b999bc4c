select case when k.contypid = 0 then array['schemas'::text, n.nspname, 'tables', c.relname, 'checks', k.conname]
            else array['schemas'::text, n.nspname, 'domains', t.typname, 'checks', k.conname] end as path,
       pg_get_constraintdef(k.oid) as definition,
       (select d.description from pg_description d
         where d.objoid = k.oid and d.classoid = 'pg_constraint'::regclass and d.objsubid = 0) as comment
  from pg_constraint k
  join pg_namespace n on n.oid = k.connamespace
  left join pg_class c on c.oid = k.conrelid
  left join pg_type t on t.oid = k.contypid
 where k.contype = 'c'
   and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
