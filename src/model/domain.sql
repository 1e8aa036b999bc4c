-- only where exists: pg_type where typtype = 'd' and oid >= 16384
select n.nspname as "schemas/", t.typname as "domains/",
       format_type(t.typbasetype, t.typtypmod) as type,
       not t.typnotnull as nullable,
       case when k.conname <> t.typname || '_not_null'                                                           -- since 17
            -- With a number where that is taken; a long name is cut in ways that are not told here.             -- since 17
             and not (k.conname ~ '_not_null\d*$'                                                                -- since 17
                      and (regexp_replace(k.conname, '_not_null\d*$', '') = t.typname                            -- since 17
                           or octet_length(k.conname) > 56 and octet_length(t.typname || substring(k.conname, '\d*$')) > 54))                     -- since 17
            then quote_ident(k.conname) end as not_null_constraint,                                              -- since 17
       remark.description as not_null_comment,                                                                   -- since 17
       null as not_null_comment,                                                                                 -- before 17
       -- Null is what there is without a default, unless the domain below has one.
       case when t.typdefault not like 'NULL::%' or b.typtype = 'd' then pg_get_expr(t.typdefaultbin, 0) end as "default",
       case when t.typcollation <> b.typcollation then t.typcollation::regcollation::text end as collation,
       case when t.typowner <> (select b.datdba from pg_database b where b.datname = current_database())
            then pg_get_userbyid(t.typowner) end as owner,
       case when t.typacl is not null then
         '{*U}' || array(select item::text from unnest(t.typacl) as item where not item = any (acldefault('T', t.typowner)))
         || array(select '-' || item::text from unnest(acldefault('T', t.typowner)) as item
                    where not item = any (t.typacl)) end as grants,
       said.description as comment
  from pg_type t
  join pg_namespace n on n.oid = t.typnamespace
  join pg_type b on b.oid = t.typbasetype
  left join pg_constraint k on k.contypid = t.oid and k.contype = 'n'                                            -- since 17
  left join pg_description remark                                                                                -- since 17
    on remark.objoid = k.oid and remark.classoid = 'pg_constraint'::regclass and remark.objsubid = 0             -- since 17
  left join pg_description said on said.objoid = t.oid and said.classoid = 'pg_type'::regclass and said.objsubid = 0
 where t.typtype = 'd'
   and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
   and not exists (select from pg_depend x
                    where x.classid = 'pg_type'::regclass and x.objid = t.oid and x.deptype = 'e')
