"""Workshops, what is told about them, and who was there.

Revision ID: 0013
Revises: 0012
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

OPEN = sa.text("done_at IS NULL")


def upgrade() -> None:
    op.create_table(
        "workshop_series",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "workshops",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("series_id", sa.String(), nullable=False),
        sa.Column("cohort_id", sa.String(), nullable=False),
        sa.Column("local_time", sa.String(), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("room_code", sa.String(), nullable=False),
        sa.Column("added_by", sa.String(), nullable=False),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("ends_at > starts_at", name="ck_workshops_ends_after_it_starts"),
        sa.CheckConstraint(
            "cancelled_at IS NULL OR closed_at IS NULL", name="ck_workshops_cancelled_or_held"
        ),
        sa.ForeignKeyConstraint(["added_by"], ["staff.id"]),
        sa.ForeignKeyConstraint(["cohort_id"], ["cohorts.id"]),
        sa.ForeignKeyConstraint(["series_id"], ["workshop_series.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("room_code"),
    )
    op.create_index("ix_workshops_cohort_id", "workshops", ["cohort_id"])
    op.create_index("ix_workshops_series_id", "workshops", ["series_id"])
    op.create_index("ix_workshops_starts_at", "workshops", ["starts_at"])
    op.create_table(
        "workshop_notices",
        sa.Column("workshop_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["workshop_id"], ["workshops.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("workshop_id", "kind"),
    )
    op.create_index(
        "ix_workshop_notices_due", "workshop_notices", ["due_at"], postgresql_where=OPEN, sqlite_where=OPEN
    )
    op.create_table(
        "workshop_attendance",
        sa.Column("workshop_id", sa.String(), nullable=False),
        sa.Column("pseudonym", sa.String(), nullable=False),
        sa.Column("attendance", sa.String(length=32), nullable=False),
        sa.Column("provisional", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("marked_by", sa.String(), nullable=True),
        sa.CheckConstraint(
            "provisional = false OR attendance IN ('invited', 'coming', 'not_coming', 'present')",
            name="ck_workshop_attendance_provisional",
        ),
        sa.ForeignKeyConstraint(["marked_by"], ["staff.id"]),
        sa.ForeignKeyConstraint(["workshop_id"], ["workshops.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("workshop_id", "pseudonym"),
    )
    op.create_index("ix_workshop_attendance_pseudonym", "workshop_attendance", ["pseudonym"])


def downgrade() -> None:
    op.drop_table("workshop_attendance")
    op.drop_table("workshop_notices")
    op.drop_table("workshops")
    op.drop_table("workshop_series")
