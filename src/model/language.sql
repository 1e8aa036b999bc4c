-- only where exists: pg_language where lanispl and not exists (select from pg_depend where classid = 'pg_language'::regclass and objid = pg_language.oid and deptype = 'e')
select l.lanname as "languages/",
       l.lanpltrusted as trusted,
       l.lanplcallfoid::regproc::text as handler,
       nullif(l.laninline, 0)::regproc::text as inline,
       nullif(l.lanvalidator, 0)::regproc::text as validator,
       case when l.lanowner <> (select b.datdba from pg_database b where b.datname = current_database())
            then nullif(pg_get_userbyid(l.lanowner), 'pg_database_owner') end as owner,
       case when l.lanacl is not null then
         '{*U}' || array(select item::text from unnest(l.lanacl) as item where not item = any (acldefault('l', l.lanowner)))
         || array(select '-' || item::text from unnest(acldefault('l', l.lanowner)) as item
                    where not item = any (l.lanacl)) end as grants,
       said.description as comment
  from pg_language l
  left join pg_description said
    on said.objoid = l.oid and said.classoid = 'pg_language'::regclass and said.objsubid = 0
 where l.lanispl
   and not exists (select from pg_depend x
                    where x.classid = 'pg_language'::regclass and x.objid = l.oid and x.deptype = 'e')
