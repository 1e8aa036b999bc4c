select n.nspname as "schemas/",
       case when e.objid is not null then null
            when n.nspowner <> (select b.datdba from pg_database b where b.datname = current_database())
            then nullif(pg_get_userbyid(n.nspowner), 'pg_database_owner') end as owner,
       case when e.objid is null then
         '{*UC}' || array(select item::text from unnest(a.privileges) as item where not item = any (a.initially))
         || array(select '-' || item::text from unnest(a.initially) as item where not item = any (a.privileges))
         end as grants,
       (select d.description from pg_description d
         where d.objoid = n.oid and d.classoid = 'pg_namespace'::regclass and d.objsubid = 0 and e.objid is null
           and not (n.nspname = 'public' and d.description = 'standard public schema')) as comment
  from pg_namespace n
  left join pg_depend e on e.classid = 'pg_namespace'::regclass and e.objid = n.oid and e.deptype = 'e'
 cross join lateral (select acldefault('n', n.nspowner) as privileges) own
 cross join lateral (
   select coalesce(n.nspacl, own.privileges) as privileges,
          -- What everybody may do in the schema public of a new database, whoever owns it.
          case when n.nspname <> 'public' then own.privileges
               else own.privileges || format('=U/%I', pg_get_userbyid(n.nspowner))::aclitem  -- since 15
               else own.privileges || format('=UC/%I', pg_get_userbyid(n.nspowner))::aclitem -- before 15
               end as initially) a
 where n.nspname !~ '^pg_'
   and n.nspname <> 'information_schema'
   -- That of an extension is here for what is the users' own in it.
   and (e.objid is null
        or exists (select from pg_depend d
                    where d.refclassid = 'pg_namespace'::regclass and d.refobjid = n.oid and d.deptype = 'n'
                      and not exists (select from pg_depend m
                                       where m.classid = d.classid and m.objid = d.objid and m.deptype in ('e', 'i'))))
