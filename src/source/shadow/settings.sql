-- What is no object of the database but bears on it: the schema `public` and the database itself.
with subject (what, owner, privileges, comment, settings) as (
       select 'schema public', nspowner, coalesce(nspacl, acldefault('n', nspowner)), obj_description(oid, 'pg_namespace'),
              null
         from pg_namespace where nspname = 'public'
       union all
       select format('database %I', datname), datdba, coalesce(datacl, acldefault('d', datdba)),
              shobj_description(oid, 'pg_database'),
              (select string_agg(s.setrole || ' ' || s.setconfig::text, ' ' order by s.setrole)
                 from pg_db_role_setting s where s.setdatabase = d.oid)
         from pg_database d where datname = current_database())
select what, owner::regrole::text as owner, comment, settings,
       array(select privilege_type from aclexplode(privileges) order by grantee, privilege_type) as privileges,
       array(select case grantee when 0 then 'public' else grantee::regrole::text end
               from aclexplode(privileges) order by grantee, privilege_type) as grantees
  from subject
 order by what
