"""Turns of what waits to be sent, so that broadcasts share the pace of their account."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

QUEUED = "state = 'queued'"


def upgrade() -> None:
    op.add_column("outbox", sa.Column("turn", sa.Integer(), nullable=False, server_default="0"))
    op.create_index(
        "ix_outbox_turn",
        "outbox",
        ["account_id", "priority", "turn", "id"],
        postgresql_where=sa.text(QUEUED),
        sqlite_where=sa.text(QUEUED),
    )


def downgrade() -> None:
    op.drop_index("ix_outbox_turn", "outbox")
    op.drop_column("outbox", "turn")
