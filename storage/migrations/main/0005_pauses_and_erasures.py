"""Pauses, erasures, and what is still to be deleted at a provider."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("participants", sa.Column("paused_until", sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        "erasures",
        sa.Column("participant_id", sa.String(), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("erase_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("planned_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("planned_by", sa.String(), nullable=True),
        sa.Column("said_goodbye_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["participant_id"], ["participants.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["planned_by"], ["staff.id"]),
        sa.PrimaryKeyConstraint("participant_id"),
    )
    op.create_index("ix_erasures_erase_at", "erasures", ["erase_at"])
    op.create_table(
        "provider_deletions",
        sa.Column("account_id", sa.String(), nullable=False),
        sa.Column("provider_message_id", sa.String(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["channel_accounts.id"]),
        sa.PrimaryKeyConstraint("account_id", "provider_message_id"),
    )
    op.create_index("ix_provider_deletions_due_at", "provider_deletions", ["due_at"])


def downgrade() -> None:
    op.drop_table("provider_deletions")
    op.drop_table("erasures")
    with op.batch_alter_table("participants") as batch_op:
        batch_op.drop_column("paused_until")
