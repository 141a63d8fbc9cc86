"""S20. Numbers and names are posted, so that they never stand in an address."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from kring.access.permissions import Permission
from kring.access.views import requires

from . import presenters, queries
from .forms import SearchForm


@requires(Permission.SEARCH_CHILD)
def children(request: HttpRequest) -> HttpResponse:
    form = SearchForm(request.POST or None, today=request.actor.today)
    if not form.is_bound or not form.is_valid():
        return render(request, "portal/staff/search.html", {"form": form})
    number = form.cleaned_data["number"]
    if number:
        found = queries.children_with_number(request.actor, number)
    else:
        found = queries.children_named(request.actor, form.cleaned_data["name"])
    if number and len(found) == 1 and request.actor.may(Permission.SEE_CHILD):
        return redirect("child", child_id=found[0].pk)
    context = {
        "form": form,
        "hits": presenters.hits(request.actor, found),
        "said": presenters.how_many(found) if found else presenters.nobody(),
    }
    return render(request, "portal/staff/search.html", context)
