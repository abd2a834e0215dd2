"""Which recordings people listen to.

Revision ID: 0010
Revises: 0009
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

LISTENERS = ("participants", "newcomers")


def upgrade() -> None:
    for table in LISTENERS:
        with op.batch_alter_table(table) as batch:
            batch.add_column(sa.Column("track", sa.String(), nullable=False, server_default=""))


def downgrade() -> None:
    for table in LISTENERS:
        with op.batch_alter_table(table) as batch:
            batch.drop_column("track")
