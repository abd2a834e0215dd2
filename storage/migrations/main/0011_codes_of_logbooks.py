"""Codes that guard logbooks."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("participants", sa.Column("code", sa.LargeBinary(), nullable=True))
    failures = sa.Column("code_failures", sa.Integer(), nullable=False, server_default="0")
    op.add_column("participants", failures)


def downgrade() -> None:
    with op.batch_alter_table("participants") as batch_op:
        batch_op.drop_column("code_failures")
        batch_op.drop_column("code")
