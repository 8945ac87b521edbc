"""The tables of training for Piccolo's migrations."""

from pathlib import Path

from piccolo.conf.apps import AppConfig, table_finder

HERE = Path(__file__).parent

APP_CONFIG = AppConfig(
    app_name="training",
    migrations_folder_path=str(HERE / "migrations"),
    table_classes=table_finder(["training.tables"], exclude_imported=True),
    migration_dependencies=["isms.piccolo_app"],
)
