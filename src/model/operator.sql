-- only where exists: pg_operator where oid >= 16384
select n.nspname as "schemas/",
       o.oprname || ' (' || coalesce(format_type(nullif(o.oprleft, 0), null), 'none') || ', '
                 || coalesce(format_type(nullif(o.oprright, 0), null), 'none') || ')' as "operators/",
       o.oprcode::text as function,
       case when o.oprcom <> 0 then o.oprcom::regoper::text end as commutator,
       case when o.oprnegate <> 0 then o.oprnegate::regoper::text end as negator,
       case when o.oprrest <> 0 then o.oprrest::text end as restrict,
       case when o.oprjoin <> 0 then o.oprjoin::text end as "join",
       o.oprcanhash as hashes,
       o.oprcanmerge as merges,
       case when o.oprowner <> (select b.datdba from pg_database b where b.datname = current_database())
            then pg_get_userbyid(o.oprowner) end as owner,
       said.description as comment
  from pg_operator o
  join pg_namespace n on n.oid = o.oprnamespace
  left join pg_description said on said.objoid = o.oid and said.classoid = 'pg_operator'::regclass and said.objsubid = 0
 -- One without a function only holds the place of a commutator or negator that was promised.
 where o.oprcode <> 0
   and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
   and not exists (select from pg_depend x
                    where x.classid = 'pg_operator'::regclass and x.objid = o.oid and x.deptype = 'e')
