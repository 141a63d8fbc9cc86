"""S125: which system, which file."""

from django import forms
from django.conf import settings
from django.core.files.base import File
from django.utils.translation import gettext_lazy as _

ENDINGS = (".json", ".ndjson", ".jsonl", ".gz")


def megabytes(size: int) -> str:
    """«100 MB»: a limit is told in whole megabytes, rounded down but never to nothing."""
    return f"{max(size // (1024 * 1024), 1)} MB"


class UploadForm(forms.Form):
    """A file from a known system. What the file holds is judged by the job, which has the time."""

    source = forms.ChoiceField(
        label=_("Vilket system kommer filen från?"),
        error_messages={
            "required": _("Välj vilket system filen kommer från."),
            "invalid_choice": _("Välj ett av systemen i listan."),
        },
    )
    file = forms.FileField(
        label=_("Fil"),
        error_messages={
            "required": _("Välj en fil att läsa in."),
            "missing": _("Välj en fil att läsa in."),
            "empty": _("Filen är tom. Välj en annan fil."),
            "invalid": _("Filen kom inte fram. Välj den igen."),
            "max_length": _("Filens namn är för långt. Byt namn på filen och välj den igen."),
        },
    )

    def __init__(self, *args: object, sources: list[tuple[str, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["source"].choices = [("", _("Välj system")), *sources]
        if len(sources) == 1:
            self.fields["source"].initial = sources[0][0]
        self.fields["file"].widget.attrs["accept"] = ",".join(ENDINGS)

    def clean_file(self) -> "File[bytes]":
        upload = self.cleaned_data["file"]
        if upload.size > settings.IMPORT_UPLOAD_MAX_BYTES:
            limit = megabytes(settings.IMPORT_UPLOAD_MAX_BYTES)
            raise forms.ValidationError(
                _("Filen är större än %(limit)s. Dela upp den, eller läs in den från kommandoraden."),
                params={"limit": limit},
            )
        return upload
