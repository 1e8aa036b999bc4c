class CreateBooks < ActiveRecord::Migration[6.1]
  def change
    create_table :books do |t|
      t.text :title, null: false
      t.references :author, null: false, foreign_key: { on_delete: :cascade }
    end
  end
end
