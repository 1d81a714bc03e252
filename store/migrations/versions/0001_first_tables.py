"""first tables"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "candidate",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("release", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("organization", sa.Text(), nullable=True),
        sa.Column(
            "kind",
            sa.Enum("new", "update", name="kind_is_known", native_enum=False, create_constraint=True, length=16),
            nullable=False,
        ),
        sa.Column(
            "status",
            sa.Enum(
                "pending",
                "approved",
                "rejected",
                "later",
                name="status_is_known",
                native_enum=False,
                create_constraint=True,
                length=16,
            ),
            nullable=False,
        ),
        sa.Column("updates_id", sa.Integer(), nullable=True),
        sa.Column("changes", sa.Text(), nullable=False),
        sa.Column("priority", sa.Float(), nullable=False),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.Column("evidence", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("later_until", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("created_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("changed_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.CheckConstraint(
            "(kind = 'update') = (updates_id IS NOT NULL)", name=op.f("ck_candidate_update_names_what_it_updates")
        ),
        sa.ForeignKeyConstraint(["updates_id"], ["candidate.id"], name=op.f("fk_candidate_updates_id_candidate")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_candidate")),
    )
    with op.batch_alter_table("candidate", schema=None) as batch_op:
        batch_op.create_index("ix_candidate_queue", ["status", "priority", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_candidate_release"), ["release"], unique=False)
        batch_op.create_index(batch_op.f("ix_candidate_updates_id"), ["updates_id"], unique=False)
        batch_op.create_index(
            "uq_candidate_open_update",
            ["release"],
            unique=True,
            sqlite_where=sa.text("kind = 'update' AND status IN ('pending', 'later')"),
            postgresql_where=sa.text("kind = 'update' AND status IN ('pending', 'later')"),
        )
        batch_op.create_index(
            "uq_candidate_release",
            ["release"],
            unique=True,
            sqlite_where=sa.text("kind = 'new'"),
            postgresql_where=sa.text("kind = 'new'"),
        )

    op.create_table(
        "fetch",
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("etag", sa.Text(), nullable=True),
        sa.Column("last_modified", sa.Text(), nullable=True),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("fetched_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("url", name=op.f("pk_fetch")),
    )
    op.create_table(
        "payload",
        sa.Column("sha256", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("media_type", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("fetched_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_payload")),
    )
    op.create_table(
        "source",
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("last_attempt", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("last_success", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("last_new_item", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("sleeping_until", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("message", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_source")),
    )
    op.create_table(
        "document",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("kind", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("source", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("fingerprint", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("version", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("maker", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("is_watched", sa.Boolean(), nullable=False),
        sa.Column("is_withdrawn", sa.Boolean(), nullable=False),
        sa.Column("authors", sa.Text(), nullable=False),
        sa.Column("links", sa.Text(), nullable=False),
        sa.Column("published", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("updated", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("fetched_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("payload_sha256", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.ForeignKeyConstraint(
            ["payload_sha256"], ["payload.sha256"], name=op.f("fk_document_payload_sha256_payload")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document")),
        sa.UniqueConstraint("key", "fingerprint", name=op.f("uq_document_key_fingerprint")),
        sa.UniqueConstraint("key", "revision", name=op.f("uq_document_key_revision")),
    )
    with op.batch_alter_table("document", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_document_published"), ["published"], unique=False)
        batch_op.create_index(batch_op.f("ix_document_source"), ["source"], unique=False)

    op.create_table(
        "entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("candidate_id", sa.Integer(), nullable=False),
        sa.Column("model", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("family", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("organization", sa.Text(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("is_withdrawn", sa.Boolean(), nullable=False),
        sa.Column("created_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("changed_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["candidate_id"], ["candidate.id"], name=op.f("fk_entry_candidate_id_candidate")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entry")),
        sa.UniqueConstraint("candidate_id", "model", name=op.f("uq_entry_candidate_id_model")),
    )
    op.create_table(
        "set_aside",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("payload_sha256", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("seen_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["payload_sha256"], ["payload.sha256"], name=op.f("fk_set_aside_payload_sha256_payload")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_set_aside")),
        sa.UniqueConstraint("source", "url", name=op.f("uq_set_aside_source_url")),
    )
    with op.batch_alter_table("set_aside", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_set_aside_source"), ["source"], unique=False)

    op.create_table(
        "candidate_document",
        sa.Column("candidate_id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("is_copy", sa.Boolean(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["candidate_id"], ["candidate.id"], name=op.f("fk_candidate_document_candidate_id_candidate")
        ),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_candidate_document_document_id_document")
        ),
        sa.PrimaryKeyConstraint("candidate_id", "document_id", name=op.f("pk_candidate_document")),
    )
    with op.batch_alter_table("candidate_document", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_candidate_document_document_id"), ["document_id"], unique=False)

    op.create_table(
        "claim",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("extractor", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("pipeline", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("field", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("unit", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("start_char", sa.Integer(), nullable=False),
        sa.Column("end_char", sa.Integer(), nullable=False),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.CheckConstraint("confidence >= 0 AND confidence <= 1", name=op.f("ck_claim_confidence_is_a_probability")),
        sa.CheckConstraint("start_char >= 0 AND start_char < end_char", name=op.f("ck_claim_span_is_not_empty")),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_claim_document_id_document")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claim")),
        sa.UniqueConstraint(
            "document_id",
            "extractor",
            "field",
            "subject",
            "value",
            "unit",
            "start_char",
            "end_char",
            name="uq_claim_identity",
        ),
    )
    with op.batch_alter_table("claim", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_claim_document_id"), ["document_id"], unique=False)

    op.create_table(
        "decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("candidate_id", sa.Integer(), nullable=True),
        sa.Column("entry_id", sa.Integer(), nullable=True),
        sa.Column(
            "verdict",
            sa.Enum(
                "approve",
                "reject",
                "later",
                "reopen",
                "edit",
                "retract",
                name="verdict_is_known",
                native_enum=False,
                create_constraint=True,
                length=16,
            ),
            nullable=False,
        ),
        sa.Column("reviewer", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("seen_revision", sa.Integer(), nullable=False),
        sa.Column("seen", sa.Text(), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        sa.Column("at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.CheckConstraint(
            "(candidate_id IS NULL) <> (entry_id IS NULL)", name=op.f("ck_decision_decision_is_about_one_thing")
        ),
        sa.CheckConstraint("length(reviewer) > 0", name=op.f("ck_decision_reviewer_is_named")),
        sa.ForeignKeyConstraint(["candidate_id"], ["candidate.id"], name=op.f("fk_decision_candidate_id_candidate")),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name=op.f("fk_decision_entry_id_entry")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
    )
    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_decision_candidate_id"), ["candidate_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_decision_entry_id"), ["entry_id"], unique=False)

    op.create_table(
        "document_head",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_document_head_document_id_document")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_document_head")),
        sa.UniqueConstraint("document_id", name=op.f("uq_document_head_document_id")),
    )
    op.create_table(
        "document_link",
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("target", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_document_link_document_id_document")),
        sa.PrimaryKeyConstraint("document_id", "target", name=op.f("pk_document_link")),
    )
    with op.batch_alter_table("document_link", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_document_link_target"), ["target"], unique=False)

    op.create_table(
        "reading",
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("pipeline", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("announces", sa.Float(), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("release", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("read_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_reading_document_id_document")),
        sa.PrimaryKeyConstraint("document_id", name=op.f("pk_reading")),
    )
    with op.batch_alter_table("reading", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reading_pipeline"), ["pipeline"], unique=False)
        batch_op.create_index(batch_op.f("ix_reading_release"), ["release"], unique=False)

    op.create_table(
        "entry_revision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("family", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("is_withdrawn", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["decision_id"], ["decision.id"], name=op.f("fk_entry_revision_decision_id_decision")),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name=op.f("fk_entry_revision_entry_id_entry")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entry_revision")),
        sa.UniqueConstraint("entry_id", "number", name=op.f("uq_entry_revision_entry_id_number")),
    )
    with op.batch_alter_table("entry_revision", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_entry_revision_decision_id"), ["decision_id"], unique=False)

    op.create_table(
        "entry_value",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("field", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("unit", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("claim_id", sa.Integer(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.CheckConstraint("(claim_id IS NULL) <> (note IS NULL)", name=op.f("ck_entry_value_value_has_one_proof")),
        sa.ForeignKeyConstraint(["claim_id"], ["claim.id"], name=op.f("fk_entry_value_claim_id_claim")),
        sa.ForeignKeyConstraint(
            ["revision_id"], ["entry_revision.id"], name=op.f("fk_entry_value_revision_id_entry_revision")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entry_value")),
        sa.UniqueConstraint("revision_id", "field", "unit", name=op.f("uq_entry_value_revision_id_field_unit")),
    )
    with op.batch_alter_table("entry_value", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_entry_value_claim_id"), ["claim_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("entry_value", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_entry_value_claim_id"))

    op.drop_table("entry_value")
    with op.batch_alter_table("entry_revision", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_entry_revision_decision_id"))

    op.drop_table("entry_revision")
    with op.batch_alter_table("reading", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_reading_release"))
        batch_op.drop_index(batch_op.f("ix_reading_pipeline"))

    op.drop_table("reading")
    with op.batch_alter_table("document_link", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_document_link_target"))

    op.drop_table("document_link")
    op.drop_table("document_head")
    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_decision_entry_id"))
        batch_op.drop_index(batch_op.f("ix_decision_candidate_id"))

    op.drop_table("decision")
    with op.batch_alter_table("claim", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_claim_document_id"))

    op.drop_table("claim")
    with op.batch_alter_table("candidate_document", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_candidate_document_document_id"))

    op.drop_table("candidate_document")
    with op.batch_alter_table("set_aside", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_set_aside_source"))

    op.drop_table("set_aside")
    op.drop_table("entry")
    with op.batch_alter_table("document", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_document_source"))
        batch_op.drop_index(batch_op.f("ix_document_published"))

    op.drop_table("document")
    op.drop_table("source")
    op.drop_table("payload")
    op.drop_table("fetch")
    with op.batch_alter_table("candidate", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_candidate_release", sqlite_where=sa.text("kind = 'new'"), postgresql_where=sa.text("kind = 'new'")
        )
        batch_op.drop_index(
            "uq_candidate_open_update",
            sqlite_where=sa.text("kind = 'update' AND status IN ('pending', 'later')"),
            postgresql_where=sa.text("kind = 'update' AND status IN ('pending', 'later')"),
        )
        batch_op.drop_index(batch_op.f("ix_candidate_updates_id"))
        batch_op.drop_index(batch_op.f("ix_candidate_release"))
        batch_op.drop_index("ix_candidate_queue")

    op.drop_table("candidate")
