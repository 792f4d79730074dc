"""What people type to sign in, to join, and to add others."""

from __future__ import annotations

from wtforms import HiddenField, IntegerField, PasswordField, RadioField, SelectChoice, SelectMultipleField
from wtforms.validators import EqualTo
from wtforms.widgets import HiddenInput

from quality.core.forms import HouseForm, LineField, Required
from quality.people.permissions import Role

STAFF_ROLES = [SelectChoice(role.value, role.title) for role in Role if role.is_staff]


class SignInForm(HouseForm):
    """E-mail address and password, and whatever somebody had typed when their sign-in ended."""

    email = LineField("Email address", most=254, required="Enter your email address")
    password = PasswordField("Password", validators=[Required("Enter your password")])
    kept = HiddenField()


class CodeForm(HouseForm):
    """The one-time code of an invitation."""

    code = LineField("Invitation code", most=40, required="Enter your invitation code")


class _NewPasswordForm(HouseForm):
    """A new password, typed twice since there is no way to see it without JavaScript."""

    new_password = PasswordField("New password", validators=[Required("Enter a password")])
    password_again = PasswordField(
        "Type the new password again",
        validators=[EqualTo("new_password", message="The two passwords are not the same")],
    )


class ChoosePasswordForm(_NewPasswordForm, CodeForm):
    """The password chosen with that code."""


class ChangePasswordForm(_NewPasswordForm):
    """A new password of somebody who is signed in, and the one they have."""

    password = PasswordField("Current password", validators=[Required("Enter your current password")])


class _WhoForm(HouseForm):
    name = LineField("Name", most=120, required="Enter the name")
    email = LineField("Email address", most=254, required="Enter the email address")
    job_title = LineField("Job title (optional)", most=120)


class StaffForm(_WhoForm):
    """A new member of staff."""

    roles = SelectMultipleField(
        "Roles", choices=STAFF_ROLES, validators=[Required("Choose at least one role")]
    )


class ContactForm(_WhoForm):
    """A new contact at a provider."""


class RolesForm(HouseForm):
    """A member of staff's roles, with the version of the person that the page showed."""

    roles = SelectMultipleField(
        "Roles", choices=STAFF_ROLES, validators=[Required("Choose at least one role")]
    )
    version = IntegerField(widget=HiddenInput())


class ProviderForm(HouseForm):
    """Which of the providers that were found."""

    provider = RadioField("Provider", validate_choice=False, validators=[Required("Choose a provider")])
