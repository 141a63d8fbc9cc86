"""Through an identity provider: allauth speaks OpenID Connect, Kring decides whom the answer lets in."""

from typing import Any, NoReturn

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.openid_connect import views as openid
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from kring.access import session
from kring.access.identity import Refused, person_from
from kring.access.views import open_page

from .language import bring_own
from .returning import onwards

PROVIDER = "identity"


class Adapter(DefaultSocialAccountAdapter):
    """Takes over before allauth would make an account: there are none, only people already known."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> NoReturn:
        answers = sociallogin.account.extra_data
        try:
            person = person_from(
                answers.get("id_token", {}), answers.get("userinfo", {}), settings.OIDC_LEVELS
            )
        except Refused as refused:
            session.refuse_log_in(refused.code)
            raise ImmediateHttpResponse(_back(refused.code)) from None
        session.open_session(request, person, strong_auth=True)
        wanted = sociallogin.get_redirect_url(request) or ""
        response = redirect(onwards(request, wanted))
        bring_own(request, response)
        raise ImmediateHttpResponse(response)

    def on_authentication_error(self, request: HttpRequest, provider: Any, **problem: Any) -> NoReturn:
        if str(problem.get("error")) == "cancelled":  # by the person: nobody refused anything
            raise ImmediateHttpResponse(_back("cancelled"))
        session.refuse_log_in("answer")
        raise ImmediateHttpResponse(_back("answer"))


def _back(code: str) -> HttpResponse:
    return redirect(f"{reverse('log-in')}?{urlencode({'fel': code})}")


@open_page
def log_in(request: HttpRequest) -> HttpResponse:
    """Off to the provider, or back with words when it cannot be reached. Where none is set up there is no
    such page, and the log-in page says so itself.
    """
    if not settings.SOCIALACCOUNT_PROVIDERS:
        raise Http404
    try:
        return openid.login(request, PROVIDER)
    except OSError:  # requests' errors among them: the provider does not answer
        return _back("answer")


@open_page
def answer(request: HttpRequest, provider_id: str) -> HttpResponse:
    """The provider's answer, once, for the browser that asked."""
    if not settings.SOCIALACCOUNT_PROVIDERS or provider_id != PROVIDER:
        raise Http404
    return openid.callback(request, PROVIDER)
