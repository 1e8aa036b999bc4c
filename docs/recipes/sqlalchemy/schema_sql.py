from sqlalchemy import create_mock_engine
from models import Base

engine = create_mock_engine(
    "postgresql+psycopg://", lambda sql, *_, **__: print(sql.compile(dialect=engine.dialect), end=";\n")
)
Base.metadata.create_all(engine, checkfirst=False)
