"""The tables of assets for Piccolo's migrations."""

from pathlib import Path

from piccolo.conf.apps import AppConfig, table_finder

HERE = Path(__file__).parent

APP_CONFIG = AppConfig(
    app_name="assets",
    migrations_folder_path=str(HERE / "migrations"),
    table_classes=table_finder(
        [f"assets.tables.{path.stem}" for path in sorted(HERE.glob("tables/[a-z]*.py"))], exclude_imported=True
    ),
    migration_dependencies=["isms.piccolo_app"],
)
