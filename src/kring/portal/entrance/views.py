"""S01 and S05: in, out, and staying."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from kring import clock
from kring.access import session
from kring.access.actors import possible_actors
from kring.access.middleware import CLEAR
from kring.access.permissions import Permission
from kring.access.views import open_page, requires
from kring.organisations.commands import speak
from kring.portal.places import address, places_of

from . import presenters
from .language import remember
from .returning import after_log_in, asked_for, first_page, ours


@requires(Permission.USE_SYSTEM)
def home(request: HttpRequest) -> HttpResponse:
    """Sends each role to where its day begins; a role without a page of its own is told what it may do."""
    if first_page(request) != reverse("home"):
        return redirect(first_page(request))
    context = {"places": places_of(request.actor), "role": presenters.way(request.actor)}
    return render(request, "portal/entrance/home.html", context)


@open_page
def log_in(request: HttpRequest) -> HttpResponse:
    if "tiden-ute" in request.GET and request.user.is_authenticated:
        session.end_session(request, keeps_form=True)
        return _forget(redirect(request.get_full_path()))
    if request.user.is_authenticated:
        return redirect("home")
    return render(request, "portal/entrance/log_in.html", log_in_context(request))


def log_in_context(request: HttpRequest) -> dict[str, str]:
    """What a log-in page shows, whatever the way in. Without an identity provider it offers no way to one."""
    return {
        "why": presenters.why_logged_out(request.GET),
        "next": asked_for(request),
        "phone": settings.HELP_PHONE,
        "provider_href": address("provider-log-in") if settings.SOCIALACCOUNT_PROVIDERS else "",
    }


@open_page
def choose_role(request: HttpRequest) -> HttpResponse:
    if not request.user.is_authenticated:
        return redirect("log-in")
    if request.method == "POST" and session.act_as(request, request.POST.get("way", "")):
        return redirect(after_log_in(request))
    strong = bool(request.session.get(session.STRONG))
    actors = possible_actors(request.user, now=clock.now(), strong_auth=strong)
    context = {"ways": presenters.ways(actors), "next": asked_for(request), "phone": settings.HELP_PHONE}
    return render(request, "portal/entrance/choose_role.html", context)


@open_page
def log_out(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return render(request, "portal/entrance/log_out.html")
    session.end_session(request)
    return _forget(redirect("logged-out"))


@open_page
def log_out_everywhere(request: HttpRequest) -> HttpResponse:
    if not request.user.is_authenticated:
        return redirect("log-in")
    if request.method != "POST":
        return render(request, "portal/entrance/log_out_everywhere.html")
    session.end_everywhere(request)
    return _forget(redirect("logged-out"))


@open_page
def logged_out(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/entrance/logged_out.html")


@open_page
def leave(request: HttpRequest) -> HttpResponse:
    """«Lämna snabbt»: the session is dead before the next page is shown, and that page says nothing of
    Kring.
    """
    if request.method == "POST":
        session.end_session(request)
        return _forget(redirect("leave"))
    return render(request, "portal/entrance/calendar.html", {"today": clock.today()})


@open_page
def leave_help(request: HttpRequest) -> HttpResponse:
    """What «Lämna snabbt» does and does not do, to be read before it is needed."""
    return render(request, "portal/entrance/leave_help.html")


def _forget(response: HttpResponseRedirect) -> HttpResponse:
    response.headers["Clear-Site-Data"] = CLEAR
    return response


@open_page
def stay(request: HttpRequest) -> HttpResponse:
    """S05 as a page and as the answer to the dialog's button: being here is what prolongs the session."""
    if not request.user.is_authenticated:
        return redirect("log-in")
    if request.method == "POST" and "text/html" not in request.headers.get("Accept", ""):
        return HttpResponse(status=204)
    if request.method == "POST":
        return redirect(asked_for(request) or "home")
    return render(request, "portal/entrance/stay.html", {"next": asked_for(request)})


@requires(Permission.USE_SYSTEM)
def kept_form(request: HttpRequest) -> HttpResponse:
    """What somebody sent too late or had half written: read it, go on, send it now, or let it go."""
    kept = session.kept_form(request)
    if request.method == "POST" or kept is None:
        session.drop_kept_form(request)
        return redirect("home")
    if "application/json" in request.headers.get("Accept", ""):
        return JsonResponse({"path": kept["path"], "fields": kept["fields"]})
    context = {"kept": kept, "written": presenters.written(kept["fields"])}
    return render(request, "portal/entrance/kept_form.html", context)


@requires(Permission.USE_SYSTEM)
def keep_form(request: HttpRequest) -> HttpResponse:
    """Called by the page itself when its time is out: holds what is half written."""
    path, page = (ours(request.POST.get(name, "")) for name in ("kept_path", "kept_page"))
    if request.method != "POST" or not (path and page):
        return redirect("home")
    session.keep_form(request, request.user, path=path, page=page)
    return HttpResponse(status=204)


@open_page
def choose_language(request: HttpRequest) -> HttpResponse:
    chosen = request.POST.get("language", "")
    if chosen not in dict(settings.LANGUAGES):
        return render(request, "portal/entrance/language.html", {"next": asked_for(request)})
    if request.user.is_authenticated:
        speak(person_id=request.user.pk, language=chosen)
    response = redirect(asked_for(request) or "home")
    remember(response, chosen)
    return response


@open_page
def get_help(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/entrance/help.html", {"phone": settings.HELP_PHONE})
