"""The chapters of the main job, each with one person in front of the browser."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from tests.stories.chapters import devices, evidence, requirements, risks, structure, training
from tests.stories.walker import Walker

Chapter = Callable[[Walker], None]


def chapters(data: Path, folder: Path) -> Sequence[Chapter]:
    """`data` holds real input, `folder` takes what is made on the way."""
    return (
        partial(requirements.the_isb_imports_the_catalogue, data=data),
        partial(structure.the_isb_imports_the_applications, data=data),
        structure.the_isb_adds_the_server,
        structure.the_isb_sets_a_need_and_sees_where_it_arrives,
        risks.the_isb_records_and_treats_a_risk,
        risks.the_head_accepts_the_rest,
        devices.it_issues_a_laptop,
        partial(training.the_course_is_assigned, folder=folder),
        requirements.the_figure_stands_at_nought,
        training.an_employee_passes,
        requirements.the_figure_has_moved,
        partial(evidence.the_auditor_takes_it_home, folder=folder),
    )
