select n.nspname as "schemas/", case when c.relkind = 'v' then c.relname end as "views/",
       case when c.relkind in ('r', 'p') then c.relname end as "tables/",
       case when c.relkind = 'f' then c.relname end as "foreign_tables/", t.tgname as "triggers/",
       pg_get_triggerdef(t.oid) as definition,
       case t.tgenabled when 'O' then 'origin' when 'R' then 'replica' when 'A' then 'always' when 'D' then 'disabled'
            end as enabled,
       said.description as comment
  from pg_trigger t
  join pg_class c on c.oid = t.tgrelid
  join pg_namespace n on n.oid = c.relnamespace
  left join pg_description said on said.objoid = t.oid and said.classoid = 'pg_trigger'::regclass and said.objsubid = 0
 where not t.tgisinternal                                -- since 15
 where (not t.tgisinternal or t.tgparentid <> 0)         -- before 15
   and c.relkind in ('r', 'p', 'v', 'f')
   and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
