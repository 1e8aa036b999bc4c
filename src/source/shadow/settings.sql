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
       -- Each as `GRANT` says it: the privilege, to whom, and how.
       array(select a.privilege_type from aclexplode(privileges) as a
              order by a.grantee, a.privilege_type, a.is_grantable) as privileges,
       array(select case a.grantee when 0 then 'public' else a.grantee::regrole::text end
               from aclexplode(privileges) as a
              order by a.grantee, a.privilege_type, a.is_grantable) as grantees,
       array(select case when a.is_grantable then ' with grant option' else '' end
               from aclexplode(privileges) as a
              order by a.grantee, a.privilege_type, a.is_grantable) as options
  from subject
 order by what
