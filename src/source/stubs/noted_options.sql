update pg_catalog.pg_class set reloptions = string_to_array(noted.label, e'\n')
  from pg_catalog.pg_seclabel noted
 where noted.provider = 'schemavet' and noted.classoid = 'pg_catalog.pg_class'::regclass
   and (pg_class.oid = noted.objoid or pg_class.oid in (select relid from pg_catalog.pg_partition_tree(noted.objoid)));
delete from pg_catalog.pg_seclabel where provider = 'schemavet'
