"""Tables and migrations of this area."""

from pathlib import Path

from piccolo.conf.apps import AppConfig, table_finder

APP_CONFIG = AppConfig(
    app_name="risks",
    migrations_folder_path=str(Path(__file__).parent / "migrations"),
    table_classes=table_finder(["risks.tables"], exclude_imported=True),
    migration_dependencies=["isms.piccolo_app", "assets.piccolo_app"],
)
