"""For what the reader asks to see what others hold."""

from django import forms
from django.utils.translation import gettext_lazy as _

from kring.access.policy.staff import WorkNeed

PURPOSES = (
    (WorkNeed.CARE.value, _("Vården av barnet")),
    (WorkNeed.OTHER_WORK.value, _("Annat arbete i vården som kräver uppgifterna")),
)


class PurposeForm(forms.Form):
    """What another care provider holds is opened for care only (lag 2022:913 3:1)."""

    purpose = forms.ChoiceField(
        label=_("Vad behöver du uppgifterna till?"),
        widget=forms.RadioSelect,
        choices=PURPOSES,
        error_messages={
            "required": _("Välj vad du behöver uppgifterna till."),
            "invalid_choice": _("Välj ett av svaren i listan."),
        },
    )

    def __init__(self, *args: object, for_care_only: bool, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        if for_care_only:
            self.fields["purpose"].choices = PURPOSES[:1]
