"""A yes of its own to «you have a message» by SMS."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("participants") as table:
        table.add_column(sa.Column("sms", sa.String(length=32), nullable=True))


def downgrade() -> None:
    op.execute("DELETE FROM consents WHERE purpose = 'sms'")
    with op.batch_alter_table("participants") as table:
        table.drop_column("sms")
