"""Planned steps: they have no end either."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

RUNNING = ("stage NOT IN ('planned', 'started') OR ended_on = ''", "ck_milestones_running_has_no_end")
STARTED = ("stage != 'started' OR ended_on = ''", "ck_milestones_started_has_no_end")


def upgrade() -> None:
    _replace(STARTED, RUNNING)


def downgrade() -> None:
    _replace(RUNNING, STARTED)


def _replace(old: tuple[str, str], new: tuple[str, str]) -> None:
    """On SQLite the table is built anew, with the checks that are named here."""
    checks = (
        sa.CheckConstraint(old[0], name=old[1]),
        sa.CheckConstraint("version >= 1", name="ck_milestones_version"),
    )
    with op.batch_alter_table("milestones", table_args=checks) as batch_op:
        batch_op.drop_constraint(old[1], type_="check")
        batch_op.create_check_constraint(new[1], new[0])
