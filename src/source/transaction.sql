-- Its time is bounded, whatever bounds the role or the database has. They may be short: these come first.
set local statement_timeout = '60s';
set local lock_timeout = '5s';
set local idle_in_transaction_session_timeout = '10min';
-- One that runs already is stopped, then there is another.
set local transaction_timeout = 0; -- since 17
set local transaction_timeout = '10min'; -- since 17
-- Everything that is printed is printed with its schema, and every constant in the one form that does not depend on who asks
-- where.
set local search_path = '';
set local quote_all_identifiers = off;
set local standard_conforming_strings = on;
set local bytea_output = hex;
set local datestyle = iso;
set local intervalstyle = postgres;
set local timezone = 'UTC';
set local extra_float_digits = 1;
set local lc_monetary = 'C';
set local xmloption = content;
-- To one process of the server, too.
set local jit = off;
set local max_parallel_workers_per_gather = 0;
-- No more time is spent on planning than small catalogs are worth: the queries join in the order in which they are written.
set local join_collapse_limit = 1;
set local from_collapse_limit = 1;
