-- The types with their modifiers, and the functions, operators and operator classes that schemas most often name. A
-- modifier is the number of a label in pg_enum, so that enum_out prints it.
create function geometry_typmod_out(integer) returns cstring language internal immutable strict parallel safe as 'enum_out';
insert into pg_catalog.pg_enum (oid, enumtypid, enumsortorder, enumlabel)
select pg_catalog.pg_nextoid('pg_catalog.pg_enum', 'oid', 'pg_catalog.pg_enum_oid_index'), 'anyenum'::regtype, row_number() over (),
       format('(%s)', concat_ws(',', type || dimensions, srid))
  from unnest(array['Geometry', 'Point', 'LineString', 'Polygon', 'MultiPoint', 'MultiLineString', 'MultiPolygon', 'GeometryCollection', 'CircularString',
                    'CompoundCurve', 'CurvePolygon', 'MultiCurve', 'MultiSurface', 'PolyhedralSurface', 'Triangle', 'Tin']) type,
       unnest(array['', 'Z', 'M', 'ZM']) dimensions, unnest(array[null, 4326, 3857]) srid;
create function postgis_modifier(words text[], usual_srid integer) returns integer language plpgsql security definer set search_path = pg_catalog as $modifier$
declare
    srid integer := coalesce(nullif(words[2], '0'), usual_srid::text)::integer;
    modifier integer;
    name text;
begin
    select trim(enumlabel, '()') into name from pg_enum
     where enumtypid = 'anyenum'::regtype and lower(enumlabel) = lower(format('(%s)', words[1]));
    if name is null or array_length(words, 1) > 2 then
        raise invalid_parameter_value using message = format('Invalid geometry type modifier: %s', array_to_string(words, ','));
    elsif name = 'Geometry' and srid is null then
        return -1;
    end if;
    name := format('(%s)', concat_ws(',', name, srid));
    select oid into modifier from pg_enum where enumtypid = 'anyenum'::regtype and enumlabel = name;
    if not found then
        modifier := pg_nextoid('pg_enum', 'oid', 'pg_enum_oid_index');
        insert into pg_enum (oid, enumtypid, enumsortorder, enumlabel)
        select modifier, 'anyenum'::regtype, 1 + count(*), name from pg_enum where enumtypid = 'anyenum'::regtype;
    end if;
    return modifier;
end
$modifier$;
do $types$
declare
    type text;
begin
    foreach type in array array['geometry', 'geography'] loop
        execute format($type$
            create function %1$s_typmod_in(cstring[]) returns integer language plpgsql strict as
                'begin return %3$I.postgis_modifier(string_to_array(array_to_string($1, '',''), '',''), %2$s); end';
            create type %1$s;
            create function %1$s_in(cstring, oid, integer) returns %1$s language internal immutable strict parallel safe as 'textin';
            create function %1$s_out(%1$s) returns cstring language internal immutable strict parallel safe as 'textout';
            create type %1$s (input = %1$s_in, output = %1$s_out, typmod_in = %1$s_typmod_in, typmod_out = geometry_typmod_out,
                internallength = variable, alignment = double, storage = main, delimiter = ':');
            create function %1$s(%1$s, integer, boolean) returns %1$s language sql immutable strict parallel safe as 'select $1';
            create cast (%1$s as %1$s) with function %1$s(%1$s, integer, boolean) as implicit;
            create function %1$s_eq(%1$s, %1$s) returns boolean language internal immutable strict parallel safe as 'byteaeq';
            create function %1$s_lt(%1$s, %1$s) returns boolean language internal immutable strict parallel safe as 'bytealt';
            create function %1$s_le(%1$s, %1$s) returns boolean language internal immutable strict parallel safe as 'byteale';
            create function %1$s_gt(%1$s, %1$s) returns boolean language internal immutable strict parallel safe as 'byteagt';
            create function %1$s_ge(%1$s, %1$s) returns boolean language internal immutable strict parallel safe as 'byteage';
            create function %1$s_cmp(%1$s, %1$s) returns integer language internal immutable strict parallel safe as 'byteacmp';
            create function %1$s_overlaps(%1$s, %1$s) returns boolean language sql immutable strict parallel safe as 'select true';
            create function %1$s_distance_knn(%1$s, %1$s) returns double precision language sql immutable strict parallel safe as 'select 0::double precision';
            create operator = (leftarg = %1$s, rightarg = %1$s, procedure = %1$s_eq, commutator = =, hashes, merges);
            create operator < (leftarg = %1$s, rightarg = %1$s, procedure = %1$s_lt, commutator = >, negator = >=);
            create operator <= (leftarg = %1$s, rightarg = %1$s, procedure = %1$s_le, commutator = >=, negator = >);
            create operator > (leftarg = %1$s, rightarg = %1$s, procedure = %1$s_gt, commutator = <, negator = <=);
            create operator >= (leftarg = %1$s, rightarg = %1$s, procedure = %1$s_ge, commutator = <=, negator = <);
            create operator && (leftarg = %1$s, rightarg = %1$s, procedure = %1$s_overlaps, commutator = &&);
            create operator <-> (leftarg = %1$s, rightarg = %1$s, procedure = %1$s_distance_knn, commutator = <->);
            create operator class btree_%1$s_ops default for type %1$s using btree as
                operator 1 <, operator 2 <=, operator 3 =, operator 4 >=, operator 5 >, function 1 %1$s_cmp(%1$s, %1$s);
            $type$, type, case type when 'geography' then '4326' else 'null' end, current_schema());
    end loop;
end
$types$;
-- What a GiST index needs of an operator class before there is a row in it.
create operator class gist_geometry_ops_2d default for type geometry using gist as operator 3 &&, storage box,
    function 1 gist_box_consistent(internal, box, smallint, oid, internal), function 2 gist_box_union(internal, internal),
    function 5 gist_box_penalty(internal, internal, internal), function 6 gist_box_picksplit(internal, internal),
    function 7 gist_box_same(box, box, internal);
create operator class gist_geometry_ops_nd for type geometry using gist as operator 3 &&, storage box,
    function 1 gist_box_consistent(internal, box, smallint, oid, internal), function 2 gist_box_union(internal, internal),
    function 5 gist_box_penalty(internal, internal, internal), function 6 gist_box_picksplit(internal, internal),
    function 7 gist_box_same(box, box, internal);
create operator class gist_geography_ops default for type geography using gist as operator 3 &&, storage box,
    function 1 gist_box_consistent(internal, box, smallint, oid, internal), function 2 gist_box_union(internal, internal),
    function 5 gist_box_penalty(internal, internal, internal), function 6 gist_box_picksplit(internal, internal),
    function 7 gist_box_same(box, box, internal);
create cast (geometry as geography) with inout as implicit;
create cast (geography as geometry) with inout;
create cast (text as geometry) with inout as implicit;
create cast (geometry as text) with inout as implicit;
create table spatial_ref_sys (srid integer primary key, auth_name varchar(256), auth_srid integer, srtext varchar(2048), proj4text varchar(2048));
do $functions$
declare
    one text[];
begin
    foreach one slice 1 in array array[
        ['st_area(geometry)', 'double precision'],
        ['st_area(geog geography, use_spheroid boolean default true)', 'double precision'],
        ['st_asbinary(geometry)', 'bytea'],
        ['st_asewkt(geometry)', 'text'],
        ['st_asgeojson(geom geometry, maxdecimaldigits integer default 9, options integer default 8)', 'text'],
        ['st_asgeojson(geog geography, maxdecimaldigits integer default 9, options integer default 0)', 'text'],
        ['st_astext(geometry)', 'text'],
        ['st_astext(geography)', 'text'],
        ['st_azimuth(geom1 geometry, geom2 geometry)', 'double precision'],
        ['st_boundary(geometry)', 'geometry'],
        ['st_buffer(geom geometry, radius double precision, options text default '''')', 'geometry'],
        ['st_buffer(geography, double precision)', 'geography'],
        ['st_centroid(geometry)', 'geometry'],
        ['st_collect(geom1 geometry, geom2 geometry)', 'geometry'],
        ['st_contains(geom1 geometry, geom2 geometry)', 'boolean'],
        ['st_convexhull(geometry)', 'geometry'],
        ['st_coveredby(geom1 geometry, geom2 geometry)', 'boolean'],
        ['st_covers(geom1 geometry, geom2 geometry)', 'boolean'],
        ['st_covers(geog1 geography, geog2 geography)', 'boolean'],
        ['st_crosses(geom1 geometry, geom2 geometry)', 'boolean'],
        ['st_difference(geom1 geometry, geom2 geometry, gridsize double precision default -1.0)', 'geometry'],
        ['st_disjoint(geom1 geometry, geom2 geometry)', 'boolean'],
        ['st_distance(geom1 geometry, geom2 geometry)', 'double precision'],
        ['st_distance(geog1 geography, geog2 geography, use_spheroid boolean default true)', 'double precision'],
        ['st_dwithin(geom1 geometry, geom2 geometry, double precision)', 'boolean'],
        ['st_dwithin(geog1 geography, geog2 geography, tolerance double precision, use_spheroid boolean default true)', 'boolean'],
        ['st_endpoint(geometry)', 'geometry'],
        ['st_envelope(geometry)', 'geometry'],
        ['st_equals(geom1 geometry, geom2 geometry)', 'boolean'],
        ['st_expand(geometry, double precision)', 'geometry'],
        ['st_force2d(geometry)', 'geometry'],
        ['st_geogfromtext(text)', 'geography'],
        ['st_geohash(geom geometry, maxchars integer default 0)', 'text'],
        ['geometrytype(geometry)', 'text'],
        ['st_geometrytype(geometry)', 'text'],
        ['st_geomfromewkt(text)', 'geometry'],
        ['st_geomfromgeojson(text)', 'geometry'],
        ['st_geomfromgeojson(json)', 'geometry'],
        ['st_geomfromgeojson(jsonb)', 'geometry'],
        ['st_geomfromtext(text)', 'geometry'],
        ['st_geomfromtext(text, integer)', 'geometry'],
        ['st_geomfromwkb(bytea)', 'geometry'],
        ['st_geomfromwkb(bytea, integer)', 'geometry'],
        ['st_intersection(geom1 geometry, geom2 geometry, gridsize double precision default -1)', 'geometry'],
        ['st_intersects(geom1 geometry, geom2 geometry)', 'boolean'],
        ['st_intersects(geog1 geography, geog2 geography)', 'boolean'],
        ['st_isempty(geometry)', 'boolean'],
        ['st_issimple(geometry)', 'boolean'],
        ['st_isvalid(geometry)', 'boolean'],
        ['st_length(geometry)', 'double precision'],
        ['st_length(geog geography, use_spheroid boolean default true)', 'double precision'],
        ['st_makeenvelope(double precision, double precision, double precision, double precision, integer default 0)', 'geometry'],
        ['st_makeline(geom1 geometry, geom2 geometry)', 'geometry'],
        ['st_makepoint(double precision, double precision)', 'geometry'],
        ['st_makepoint(double precision, double precision, double precision)', 'geometry'],
        ['st_makepolygon(geometry)', 'geometry'],
        ['st_makevalid(geometry)', 'geometry'],
        ['st_multi(geometry)', 'geometry'],
        ['st_npoints(geometry)', 'integer'],
        ['st_overlaps(geom1 geometry, geom2 geometry)', 'boolean'],
        ['st_perimeter(geometry)', 'double precision'],
        ['st_point(double precision, double precision)', 'geometry'],
        ['st_point(double precision, double precision, srid integer)', 'geometry'],
        ['st_pointonsurface(geometry)', 'geometry'],
        ['st_setsrid(geom geometry, srid integer)', 'geometry'],
        ['st_setsrid(geog geography, srid integer)', 'geography'],
        ['st_simplify(geometry, double precision)', 'geometry'],
        ['st_snaptogrid(geometry, double precision)', 'geometry'],
        ['st_srid(geometry)', 'integer'],
        ['st_srid(geog geography)', 'integer'],
        ['st_startpoint(geometry)', 'geometry'],
        ['st_tileenvelope(zoom integer, x integer, y integer)', 'geometry'],
        ['st_touches(geom1 geometry, geom2 geometry)', 'boolean'],
        ['st_transform(geometry, integer)', 'geometry'],
        ['st_union(geom1 geometry, geom2 geometry)', 'geometry'],
        ['st_within(geom1 geometry, geom2 geometry)', 'boolean'],
        ['st_x(geometry)', 'double precision'],
        ['st_y(geometry)', 'double precision'],
        ['st_z(geometry)', 'double precision']
    ] loop
        execute format('create function %s returns %s language sql immutable strict parallel safe as %L', one[1], one[2], 'select null::' || one[2]);
    end loop;
end
$functions$;
create aggregate st_collect(geometry) (sfunc = st_collect, stype = geometry);
create aggregate st_union(geometry) (sfunc = st_union, stype = geometry);
