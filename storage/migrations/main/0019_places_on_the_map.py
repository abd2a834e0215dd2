"""Where workshops are on the map."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

ON_THE_MAP = (
    "(latitude IS NULL) = (longitude IS NULL) AND"
    " (latitude IS NULL OR latitude BETWEEN -90 AND 90 AND longitude BETWEEN -180 AND 180)"
)


def upgrade() -> None:
    with op.batch_alter_table("workshops") as table:
        table.add_column(sa.Column("latitude", sa.Float(), nullable=True))
        table.add_column(sa.Column("longitude", sa.Float(), nullable=True))
        table.create_check_constraint("ck_workshops_on_the_map", ON_THE_MAP)


def downgrade() -> None:
    with op.batch_alter_table("workshops") as table:
        table.drop_constraint("ck_workshops_on_the_map", type_="check")
        table.drop_column("longitude")
        table.drop_column("latitude")
