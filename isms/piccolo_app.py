"""The ground floor's tables for Piccolo's migrations."""

from pathlib import Path

from piccolo.conf.apps import AppConfig, table_finder

from isms.tables import Record

HERE = Path(__file__).parent

APP_CONFIG = AppConfig(
    app_name="isms",
    migrations_folder_path=str(HERE / "migrations"),
    table_classes=[table for table in table_finder(["isms.tables"], exclude_imported=True) if table is not Record],
    migration_dependencies=[],
)
