"""The quick exit: chats to be cleared, and under which id a provider knows a message that came in.

Revision ID: 0006
Revises: 0005
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "clearings",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("account_id", sa.String(), nullable=False),
        sa.Column("chat", sa.String(), nullable=False),
        sa.Column("sealed_address", sa.LargeBinary(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["channel_accounts.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_clearings_due_at", "clearings", ["due_at"])
    op.create_index("ix_clearings_chat", "clearings", ["chat"])
    with op.batch_alter_table("received_events") as table:
        table.add_column(sa.Column("message_id", sa.String(), nullable=False, server_default=""))


def downgrade() -> None:
    with op.batch_alter_table("received_events") as table:
        table.drop_column("message_id")
    op.drop_index("ix_clearings_chat", "clearings")
    op.drop_index("ix_clearings_due_at", "clearings")
    op.drop_table("clearings")
