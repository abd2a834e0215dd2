"""What caused a message, for the log; and an index of what waits, for whoever watches."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

OPEN = "state IN ('queued', 'sending', 'waiting', 'unknown')"


def upgrade() -> None:
    op.add_column("outbox", sa.Column("cause", sa.String(), nullable=False, server_default=""))
    op.create_index(
        "ix_outbox_open",
        "outbox",
        ["account_id", "state"],
        postgresql_where=sa.text(OPEN),
        sqlite_where=sa.text(OPEN),
    )


def downgrade() -> None:
    op.drop_index("ix_outbox_open", "outbox")
    op.drop_column("outbox", "cause")
