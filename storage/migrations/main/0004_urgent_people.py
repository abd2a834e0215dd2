"""Urgent people: who wrote words of distress, and since when they wait.

Revision ID: 0004
Revises: 0003
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("participants") as table:
        table.add_column(sa.Column("urgent_since", sa.DateTime(timezone=True), nullable=True))
        table.create_index("ix_participants_urgent_since", ["urgent_since"])


def downgrade() -> None:
    with op.batch_alter_table("participants") as table:
        table.drop_index("ix_participants_urgent_since")
        table.drop_column("urgent_since")
