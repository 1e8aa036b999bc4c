-- The types without their modifiers, and functions that schemas most often name. `geometry(Point, 4326)` is not understood.
create domain geometry as text;
create domain geography as text;
create table spatial_ref_sys (srid integer primary key, auth_name varchar(256), auth_srid integer, srtext varchar(2048), proj4text varchar(2048));
create function st_point(double precision, double precision) returns geometry language sql immutable strict parallel safe as 'select ''''::geometry';
create function st_makepoint(double precision, double precision) returns geometry language sql immutable strict parallel safe as 'select ''''::geometry';
create function st_setsrid(geom geometry, srid integer) returns geometry language sql immutable strict parallel safe as 'select geom';
create function st_distance(geom1 geometry, geom2 geometry) returns double precision language sql immutable strict parallel safe as 'select 0::double precision';
create function st_dwithin(geom1 geometry, geom2 geometry, double precision) returns boolean language sql immutable strict parallel safe as 'select true';
create function st_x(geometry) returns double precision language sql immutable strict parallel safe as 'select 0::double precision';
create function st_y(geometry) returns double precision language sql immutable strict parallel safe as 'select 0::double precision';
