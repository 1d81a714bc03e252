"""Numbers in addresses, within what the database can hold."""

from typing import Annotated

from fastapi import Path, Query

_LARGEST = 2**31 - 1

CandidateId = Annotated[int, Path(ge=1, le=_LARGEST)]
EntryId = Annotated[int, Path(ge=1, le=_LARGEST)]
DocumentId = Annotated[int | None, Query(alias="document", ge=1, le=_LARGEST)]
PageNumber = Annotated[int, Query(alias="page", ge=1, le=100_000)]
