class CreateAuthors < ActiveRecord::Migration[6.1]
  def change
    create_table :authors do |t|
      t.string :email, limit: 255, null: false, index: { unique: true }
      t.timestamps
    end
  end
end
