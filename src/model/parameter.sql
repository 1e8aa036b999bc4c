-- only where exists: pg_parameter_acl -- since 15
select p.parname as "parameters/",
       '{*sA}' || array(select item::text from unnest(p.paracl) as item where not item = any (acldefault('p', 10))) as grants
  from pg_parameter_acl p
