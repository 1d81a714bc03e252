"""Every setting of the program, read from the environment once by whoever starts it."""

from pathlib import Path
from typing import Literal, Self

import platformdirs
from pydantic import Field, SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

DEFAULT_SOURCES = Path(__file__).parent / "sources.toml"


class Settings(BaseSettings):
    """What an operator can set; each name is an environment variable with `SCALEWATCH_` before it."""

    model_config = SettingsConfigDict(env_prefix="SCALEWATCH_", frozen=True, populate_by_name=True)

    data_folder: Path = Field(
        default_factory=lambda: platformdirs.user_data_path("scalewatch"),
        description="Where the SQLite database and other state live.",
    )
    database_url: SecretStr | None = Field(
        default=None, description="A PostgreSQL (`postgresql://…`) or SQLite address in place of the default database."
    )
    sources: Path = Field(default=DEFAULT_SOURCES, description="The file that describes the sources.")
    contact: str = Field(
        default="https://example.org/scalewatch",
        description="A mail or web address by which a site can reach you; sent with every request.",
    )
    mirror: str | None = Field(
        default=None, description="Send every request for `https://HOST/PATH` to this address as `/HOST/PATH`."
    )
    pacing: Literal["on", "off"] = Field(
        default="on", description="`off` does not wait between requests; only with a mirror."
    )
    minimum_parameters: float = Field(
        default=1e9, gt=0, description="A release of at least this many parameters becomes a candidate."
    )
    hf_token: SecretStr | None = Field(
        default=None, validation_alias="HF_TOKEN", description="A token of the Hugging Face Hub, for a larger quota."
    )
    reviewer: str | None = Field(default=None, description="Who decides; the system's user if not given.")
    host: str = Field(default="127.0.0.1", description="Where the review page listens.")
    allowed_hosts: str = Field(
        default="",
        description="Further Host headers that the review page answers to, with their port, separated by commas.",
    )
    port: int = Field(default=8765, ge=0, le=65535, description="The review page's port; 0 picks a free one.")

    @field_validator("mirror")
    @classmethod
    def _mirror_is_an_address(cls, mirror: str | None) -> str | None:
        if mirror and not mirror.startswith(("http://", "https://")):
            raise ValueError("is no http:// or https:// address")
        return mirror.rstrip("/") if mirror else None

    @model_validator(mode="after")
    def _waiting_may_be_left_out_only_with_a_mirror(self) -> Self:
        if self.pacing == "off" and not self.mirror:
            raise ValueError("SCALEWATCH_PACING=off is for a mirror: set SCALEWATCH_MIRROR too")
        return self

    @property
    def database(self) -> str:
        """The database's address: the one set, else a SQLite file in the data folder."""
        if self.database_url:
            return self.database_url.get_secret_value()
        return f"sqlite:///{self.data_folder / 'scalewatch.db'}"

    def environment(self) -> dict[str, str]:
        """Return the variables by which another process reads these very settings, whatever its folder."""
        variables = {}
        for name, field in type(self).model_fields.items():
            value = getattr(self, name)
            if isinstance(value, SecretStr):
                value = value.get_secret_value()
            elif isinstance(value, Path):
                value = value.absolute()
            if value is not None:
                variables[str(field.validation_alias or f"SCALEWATCH_{name.upper()}")] = str(value)
        return variables
