"""What people fill in to sign in, to register and to accept an invitation."""

from typing import Annotated, ClassVar, Literal

from pydantic import AfterValidator, BaseModel, Field, SecretStr, StringConstraints, ValidationInfo, field_validator

from talent.accounts.logins import folded_login
from talent.accounts.passwords import SHORTEST_CHARACTERS, SHORTEST_WITH_SECOND_STEP, checked_password
from talent.accounts.permissions import Role
from talent.foundation.errors import Unprocessable
from talent.foundation.words import N_


def usable_login(text: str) -> str:
    """The login in its one spelling; a ValueError with its sentence when it is neither address nor number."""
    try:
        return folded_login(text)
    except Unprocessable as error:
        raise ValueError(error.message) from None


Login = Annotated[
    str,
    Field(max_length=254, json_schema_extra={"missing": N_("Enter your e-mail address or mobile number")}),
]
NewLogin = Annotated[Login, AfterValidator(usable_login)]
Password = Annotated[
    SecretStr,
    Field(json_schema_extra={"missing": N_("Choose a password")}),
]


class SignIn(BaseModel):
    """Login and password of somebody who has an account."""

    login: Login
    password: Annotated[SecretStr, Field(json_schema_extra={"missing": N_("Enter your password")})]


class NewAccount(BaseModel):
    """Login and a password typed twice."""

    shortest: ClassVar[int] = SHORTEST_CHARACTERS
    login: NewLogin
    password: Password
    again: Annotated[SecretStr, Field(json_schema_extra={"missing": N_("Enter the password a second time")})]

    @field_validator("password")
    @classmethod
    def password_is_good(cls, password: SecretStr, info: ValidationInfo) -> SecretStr:
        """The password is long enough and not a guess."""
        try:
            checked_password(password.get_secret_value(), login=info.data.get("login", ""), shortest=cls.shortest)
        except Unprocessable as error:
            raise ValueError(error.message) from None
        return password

    @field_validator("again")
    @classmethod
    def passwords_agree(cls, again: SecretStr, info: ValidationInfo) -> SecretStr:
        """The second typing is the first, when the first could be used."""
        if info.data.get("password", again) != again:
            raise ValueError(N_("The two passwords differ. Type both again."))
        return again


class NewInvitation(BaseModel):
    """Whom project staff invite, and for which organisation."""

    role: Annotated[Role, Field(json_schema_extra={"*": N_("Choose what the person will do here")})]
    organisation: Annotated[
        str,
        StringConstraints(strip_whitespace=True, min_length=2, max_length=200),
        Field(json_schema_extra={"*": N_("Enter the name of the organisation")}),
    ]
    country: Annotated[
        str, StringConstraints(pattern="[A-Z]{2}"), Field(json_schema_extra={"*": N_("Choose a country")})
    ]
    sent_to: NewLogin


class AcceptedInvitation(NewAccount):
    """What an invited member of staff fills in; a second step follows, so that the password may be shorter."""

    shortest: ClassVar[int] = SHORTEST_WITH_SECOND_STEP

    name: Annotated[
        str,
        Field(
            min_length=2, max_length=200, title=N_("Your name"), json_schema_extra={"missing": N_("Enter your name")}
        ),
    ]


class LanguageChoice(BaseModel):
    """The language of pages and letters."""

    language: Annotated[Literal["en", "ur"], Field(json_schema_extra={"*": N_("Choose a language")})]
