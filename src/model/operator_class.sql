-- only where exists: pg_opclass where oid >= 16384
-- PostgreSQL remembers differently from version to version whether a member came with the class or was added to the
-- family (pg_depend); what it looks up is the family and the types.
select n.nspname as "schemas/", c.opcname || ' using ' || m.amname as "operator_classes/",
       format_type(c.opcintype, null) as type,
       c.opcdefault as "default",
       case when fn.nspname <> 'pg_catalog' then quote_ident(fn.nspname) || '.' else '' end || quote_ident(f.opfname) as family,
       case when c.opckeytype <> 0 then format_type(c.opckeytype, null) end as storage,
       array(select o.amopstrategy || ' ' || o.amopopr::regoperator::text
                      || case when o.amopsortfamily <> 0
                              then (select ' for order by ' || case when gn.nspname <> 'pg_catalog' then quote_ident(gn.nspname) || '.'
                                           else '' end || quote_ident(s.opfname)
                                      from pg_opfamily s join pg_namespace gn on gn.oid = s.opfnamespace
                                     where s.oid = o.amopsortfamily) else '' end
               from pg_amop o
              where o.amopfamily = c.opcfamily and o.amoplefttype = c.opcintype
              order by o.amopstrategy, o.amopopr::regoperator::text collate "C") as operators,
       array(select p.amprocnum || ' '
                      || case when p.amprocrighttype <> c.opcintype then
                           '(' || format_type(p.amproclefttype, null) || ', ' || format_type(p.amprocrighttype, null) || ') '
                              else '' end
                      || p.amproc::oid::regprocedure::text
               from pg_amproc p
              where p.amprocfamily = c.opcfamily and p.amproclefttype = c.opcintype
              order by p.amprocnum, p.amproc::oid::regprocedure::text collate "C") as functions,
       case when c.opcowner <> (select b.datdba from pg_database b where b.datname = current_database())
            then pg_get_userbyid(c.opcowner) end as owner,
       said.description as comment
  from pg_opclass c
  join pg_namespace n on n.oid = c.opcnamespace
  join pg_am m on m.oid = c.opcmethod
  join pg_opfamily f on f.oid = c.opcfamily
  join pg_namespace fn on fn.oid = f.opfnamespace
  left join pg_description said on said.objoid = c.oid and said.classoid = 'pg_opclass'::regclass and said.objsubid = 0
 where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
   and not exists (select from pg_depend x
                    where x.classid = 'pg_opclass'::regclass and x.objid = c.oid and x.deptype = 'e')
