"""What reports of failure mean, windows shut by the provider, messages sent again, preferred channels."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

UNDELIVERED = sa.text("state IN ('failed', 'expired') AND dismissed_at IS NULL")
ADDED = {
    "outbox": ("retried", "again_of", "dismissed_at"),
    "provider_messages": ("outcome",),
    "addresses": ("window_shut_at", "number_changed_at"),
    "participants": ("preferred_channel",),
}


def upgrade() -> None:
    op.add_column("outbox", sa.Column("retried", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("outbox", sa.Column("again_of", sa.String(), nullable=True))
    op.add_column("outbox", sa.Column("dismissed_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index("ix_outbox_again_of", "outbox", ["again_of"])
    op.create_index(
        "ix_outbox_undelivered",
        "outbox",
        ["created_at"],
        postgresql_where=UNDELIVERED,
        sqlite_where=UNDELIVERED,
    )
    op.add_column("provider_messages", sa.Column("outcome", sa.String(32), nullable=True))
    for name in ADDED["addresses"]:
        op.add_column("addresses", sa.Column(name, sa.DateTime(timezone=True), nullable=True))
    op.add_column("participants", sa.Column("preferred_channel", sa.String(32), nullable=True))


def downgrade() -> None:
    op.drop_index("ix_outbox_undelivered", "outbox")
    op.drop_index("ix_outbox_again_of", "outbox")
    for table, columns in ADDED.items():
        with op.batch_alter_table(table) as batch:
            for column in columns:
                batch.drop_column(column)
