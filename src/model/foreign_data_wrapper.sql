-- only where exists: pg_foreign_data_wrapper
select w.fdwname as "foreign_data_wrappers/",
       nullif(w.fdwhandler, 0)::regproc::text as handler,
       nullif(w.fdwvalidator, 0)::regproc::text as validator,
       (select jsonb_object_agg(split_part(o, '=', 1), substr(o, strpos(o, '=') + 1))
          from unnest(w.fdwoptions) as o) as options,
       case when w.fdwowner <> (select b.datdba from pg_database b where b.datname = current_database())
            then nullif(pg_get_userbyid(w.fdwowner), 'pg_database_owner') end as owner,
       case when w.fdwacl is not null then
         '{*U}' || array(select item::text from unnest(w.fdwacl) as item where not item = any (acldefault('F', w.fdwowner)))
         || array(select '-' || item::text from unnest(acldefault('F', w.fdwowner)) as item
                    where not item = any (w.fdwacl)) end as grants,
       said.description as comment
  from pg_foreign_data_wrapper w
  left join pg_description said
    on said.objoid = w.oid and said.classoid = 'pg_foreign_data_wrapper'::regclass and said.objsubid = 0
 where not exists (select from pg_depend x
                    where x.classid = 'pg_foreign_data_wrapper'::regclass and x.objid = w.oid and x.deptype = 'e')
