"""What people fill in at the second step, when they set one up, and when they choose a new password."""

from typing import Annotated

from pydantic import BaseModel, Field, SecretStr

from talent.accounts.schemas import Login
from talent.foundation.words import N_

MOST_CODE_CHARACTERS = 60
Code = Annotated[
    str,
    Field(
        min_length=1,
        max_length=MOST_CODE_CHARACTERS,
        json_schema_extra={
            "missing": N_("Enter the code"),
            "string_too_long": N_("A code is shorter. Type the six digits of the app, or one recovery code."),
        },
    ),
]
CurrentPassword = Annotated[SecretStr, Field(json_schema_extra={"missing": N_("Enter your password")})]
ChosenPassword = Annotated[SecretStr, Field(json_schema_extra={"missing": N_("Choose a password")})]
TypedAgain = Annotated[SecretStr, Field(json_schema_extra={"missing": N_("Enter the password a second time")})]


class CodeAnswer(BaseModel):
    """One code: of the app, or a recovery code."""

    code: Code


class AppSetUp(CodeAnswer):
    """The secret as the page sent it out, sealed, and the first code of the app that holds it."""

    sealed: Annotated[str, Field(max_length=400)]


class PasskeyAnswer(BaseModel):
    """What the browser answered for a passkey, as JSON."""

    response: Annotated[
        str,
        Field(
            max_length=20_000,
            json_schema_extra={"*": N_("The browser sent no passkey. Try again, or choose another way.")},
        ),
    ]
    challenge: Annotated[str, Field(max_length=200)]


class NewPasskey(PasskeyAnswer):
    """A passkey to keep, under a name by which its holder knows it again."""

    name: Annotated[
        str,
        Field(
            min_length=1,
            max_length=80,
            json_schema_extra={"*": N_("Enter a name for the passkey, such as “my phone”")},
        ),
    ]


class Proof(BaseModel):
    """The password, and a code where there is a second step."""

    password: CurrentPassword
    code: Annotated[str, Field(max_length=MOST_CODE_CHARACTERS)] = ""


class PasswordChange(BaseModel):
    """The password of now and the new one twice."""

    current: CurrentPassword
    password: ChosenPassword
    again: TypedAgain


class PasswordChoice(BaseModel):
    """A new password twice, from somebody who holds a link or a code."""

    password: ChosenPassword
    again: TypedAgain


class ForgottenPassword(BaseModel):
    """Whose password is to be chosen anew."""

    login: Login


class HelpedPassword(PasswordChoice):
    """Login, the code that two people of the staff gave out, and a new password twice."""

    login: Login
    code: Code
