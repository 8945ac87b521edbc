"""Where Piccolo finds the database and the packages with tables."""

import os
from pathlib import Path

from piccolo.conf.apps import AppRegistry

from isms.db import Database, connect

HOUSE = Path(__file__).parents[1]

DB: Database = connect(os.environ.get("DATABASE_URL", "sqlite:///data/isms.sqlite"))

APP_REGISTRY = AppRegistry(
    apps=[
        f"{package}.piccolo_app"
        for package in ("isms", "assets", "training", "risks")
        if (HOUSE / package / "piccolo_app.py").exists()
    ]
)
