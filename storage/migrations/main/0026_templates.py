"""WhatsApp's templates, and what went out by them."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "templates",
        sa.Column("sid", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("content_type", sa.String(), nullable=False),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("approval", sa.String(32), nullable=False),
        sa.Column("word", sa.String(), nullable=False),
        sa.Column("rejection", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("details", sa.Text(), nullable=False),
        sa.Column("listed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("refused", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("sid"),
    )
    op.create_index("ix_templates_name", "templates", ["name"])
    op.add_column("outbox", sa.Column("template_sid", sa.String(), server_default="", nullable=False))
    op.add_column("outbox", sa.Column("template_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index(
        "ix_outbox_template",
        "outbox",
        ["template_at"],
        postgresql_where=sa.text("template_at IS NOT NULL"),
        sqlite_where=sa.text("template_at IS NOT NULL"),
    )


def downgrade() -> None:
    op.drop_index("ix_outbox_template", table_name="outbox")
    op.drop_column("outbox", "template_at")
    op.drop_column("outbox", "template_sid")
    op.drop_table("templates")
