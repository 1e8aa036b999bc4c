-- opens tables
select n.nspname as "schemas/", case when c.relkind <> 'f' then c.relname end as "tables/",
       case when c.relkind = 'f' then c.relname end as "foreign_tables/", t.typname as "domains/", k.conname as "checks/",
       pg_get_constraintdef(k.oid) as definition,
       k.conislocal and k.coninhcount > 0 as merged,
       said.description as comment
  from pg_constraint k
  join pg_namespace n on n.oid = k.connamespace
  left join pg_class c on c.oid = k.conrelid
  left join pg_type t on t.oid = k.contypid
  left join pg_description said
    on said.objoid = k.oid and said.classoid = 'pg_constraint'::regclass and said.objsubid = 0
 where k.contype = 'c'
   and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
