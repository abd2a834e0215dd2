"""Answers by voice, which wait to be written down.

Revision ID: 0015
Revises: 0014
"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

WAITING = sa.text("written_at IS NULL")


def upgrade() -> None:
    op.create_table(
        "spoken_answers",
        sa.Column("file_id", sa.String(), nullable=False),
        sa.Column("participant_id", sa.String(), nullable=False),
        sa.Column("form_version_id", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("submission", sa.LargeBinary(), nullable=True),
        sa.Column("spoken_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("written_by", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["file_id"], ["files.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["participant_id"], ["participants.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["form_version_id"], ["form_versions.id"]),
        sa.ForeignKeyConstraint(["written_by"], ["staff.id"]),
        sa.PrimaryKeyConstraint("file_id"),
    )
    op.create_index("ix_spoken_answers_participant_id", "spoken_answers", ["participant_id"])
    op.create_index(
        "ix_spoken_answers_waiting",
        "spoken_answers",
        ["participant_id"],
        postgresql_where=WAITING,
        sqlite_where=WAITING,
    )


def downgrade() -> None:
    op.drop_table("spoken_answers")
