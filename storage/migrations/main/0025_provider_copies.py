"""When a message at a provider changed last, to find those that are to be deleted there."""

from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_provider_messages_changed_at", "provider_messages", ["changed_at"])


def downgrade() -> None:
    op.drop_index("ix_provider_messages_changed_at", "provider_messages")
