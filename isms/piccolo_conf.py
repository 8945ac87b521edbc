"""Where Piccolo finds the database and the packages with tables."""

import os

from piccolo.conf.apps import AppRegistry

from isms.db import Database, connect

DB: Database = connect(os.environ.get("DATABASE_URL", "sqlite:///data/isms.sqlite"))

APP_REGISTRY = AppRegistry(
    apps=["isms.piccolo_app", "assets.piccolo_app", "training.piccolo_app", "risks.piccolo_app"],
)
