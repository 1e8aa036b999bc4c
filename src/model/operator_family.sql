-- only where exists: pg_opfamily where oid >= 16384
select n.nspname as "schemas/", f.opfname || ' using ' || m.amname as "operator_families/",
       array(select o.amopstrategy || ' ' || o.amopopr::regoperator::text
                      || case when o.amopsortfamily <> 0
                              then (select ' for order by ' || case when fn.nspname <> 'pg_catalog' then quote_ident(fn.nspname) || '.'
                                           else '' end || quote_ident(s.opfname)
                                      from pg_opfamily s join pg_namespace fn on fn.oid = s.opfnamespace
                                     where s.oid = o.amopsortfamily) else '' end
               from pg_amop o
              where o.amopfamily = f.oid
                and not exists (select from pg_opclass c where c.opcfamily = f.oid and c.opcintype = o.amoplefttype)
              order by o.amopstrategy, o.amopopr::regoperator::text collate "C") as operators,
       array(select p.amprocnum || ' (' || format_type(p.amproclefttype, null) || ', '
                      || format_type(p.amprocrighttype, null) || ') ' || p.amproc::oid::regprocedure::text
               from pg_amproc p
              where p.amprocfamily = f.oid
                and not exists (select from pg_opclass c where c.opcfamily = f.oid and c.opcintype = p.amproclefttype)
              order by p.amprocnum, p.amproc::oid::regprocedure::text collate "C") as functions,
       case when f.opfowner <> (select b.datdba from pg_database b where b.datname = current_database())
            then pg_get_userbyid(f.opfowner) end as owner,
       said.description as comment
  from pg_opfamily f
  join pg_namespace n on n.oid = f.opfnamespace
  join pg_am m on m.oid = f.opfmethod
  left join pg_description said on said.objoid = f.oid and said.classoid = 'pg_opfamily'::regclass and said.objsubid = 0
 where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
   and not exists (select from pg_depend x
                    where x.classid = 'pg_opfamily'::regclass and x.objid = f.oid and x.deptype = 'e')
