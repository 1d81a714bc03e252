"""derived claims"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "derived_claim",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("pipeline", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("field", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("unit", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("low", sa.Float(), nullable=False),
        sa.Column("value", sa.Float(), nullable=False),
        sa.Column("high", sa.Float(), nullable=False),
        sa.Column("formula", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("flags", sa.Text(), nullable=False),
        sa.Column("disputed_by", sa.Integer(), nullable=True),
        sa.Column("ratio", sa.Float(), nullable=True),
        sa.Column("dispute", sa.Text(), nullable=False),
        sa.CheckConstraint("(ratio IS NULL) = (dispute = '')", name=op.f("ck_derived_claim_a_dispute_has_a_ratio")),
        sa.CheckConstraint(
            "low > 0 AND low <= value AND value <= high", name=op.f("ck_derived_claim_value_lies_between_its_bounds")
        ),
        sa.ForeignKeyConstraint(
            ["disputed_by"], ["claim.id"], name=op.f("fk_derived_claim_disputed_by_claim"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_derived_claim_document_id_document")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_derived_claim")),
        sa.UniqueConstraint("document_id", "field", "subject", "unit", "formula", name="uq_derived_claim_identity"),
    )
    with op.batch_alter_table("derived_claim", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_derived_claim_disputed_by"), ["disputed_by"], unique=False)

    op.create_table(
        "derived_input",
        sa.Column("derived_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("claim_id", sa.Integer(), nullable=True),
        sa.Column("field", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("unit", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("start_char", sa.Integer(), nullable=False),
        sa.Column("end_char", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "start_char >= 0 AND start_char < end_char", name=op.f("ck_derived_input_span_is_not_empty")
        ),
        sa.ForeignKeyConstraint(
            ["claim_id"], ["claim.id"], name=op.f("fk_derived_input_claim_id_claim"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["derived_id"],
            ["derived_claim.id"],
            name=op.f("fk_derived_input_derived_id_derived_claim"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("derived_id", "position", name=op.f("pk_derived_input")),
    )
    with op.batch_alter_table("derived_input", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_derived_input_claim_id"), ["claim_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("derived_input", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_derived_input_claim_id"))

    op.drop_table("derived_input")
    with op.batch_alter_table("derived_claim", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_derived_claim_disputed_by"))

    op.drop_table("derived_claim")
