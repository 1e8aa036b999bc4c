require "rails"
require "active_record/railtie"

class Library < Rails::Application
  config.load_defaults "#{Rails::VERSION::MAJOR}.#{Rails::VERSION::MINOR}"
  config.eager_load = false
  # db/structure.sql, which pg_dump writes, in place of db/schema.rb.
  config.active_record.schema_format = :sql
end
