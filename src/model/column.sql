select array['schemas'::text, n.nspname, 'tables', c.relname, 'columns', a.attname] as path,
       format_type(a.atttypid, a.atttypmod) as type,
       not a.attnotnull as nullable,
       case when a.attgenerated <> '' or d.text like 'NULL::%' then null
            when d.text = format('nextval(%L::regclass)', own.sequence::regclass) then 'serial ' || d.text
            else d.text end as "default",
       case a.attidentity when 'a' then 'always' when 'd' then 'by default' end as identity,
       case when a.attgenerated <> '' then d.text end as generated,
       case a.attgenerated when 's' then 'stored' when 'v' then 'virtual' end as generation,
       case when a.attcollation <> t.typcollation then a.attcollation::regcollation::text end as collation,
       o.description as comment
  from pg_attribute a
  join pg_class c on c.oid = a.attrelid
  join pg_namespace n on n.oid = c.relnamespace
  join pg_type t on t.oid = a.atttypid
  left join pg_description o
    on o.objoid = a.attrelid and o.classoid = 'pg_class'::regclass and o.objsubid = a.attnum
  left join (select adrelid, adnum, pg_get_expr(adbin, adrelid) as text
               from pg_attrdef offset 0) d on d.adrelid = a.attrelid and d.adnum = a.attnum
  left join (select s.refobjid, s.refobjsubid, min(s.objid) as sequence
               from pg_depend s
               join pg_class q on q.oid = s.objid and q.relkind = 'S'
              where s.classid = 'pg_class'::regclass and s.refclassid = 'pg_class'::regclass and s.deptype = 'a'
              group by 1, 2) own on own.refobjid = a.attrelid and own.refobjsubid = a.attnum
 where a.attnum > 0 and not a.attisdropped
   and c.relkind in ('r', 'p')
   and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
 order by a.attrelid, a.attnum
