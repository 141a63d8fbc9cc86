"""What the four page shells (staff, family, child, open) read from the template context.

The owner of the context processors fills these; the templates show only what is set, so a page
renders with an empty context too. Everything here is a ready string: no queries, no clock.
"""

from dataclasses import dataclass, field

IDENTITY_HIDDEN = "identity_hidden"
"""What a session keeps while its person shares a screen: names are masked in every open tab."""


@dataclass(frozen=True)
class NavItem:
    """One place in the main navigation; `icon` is an id in icons.svg, `count` a badge of unread things."""

    label: str
    href: str
    current: bool = False
    icon: str = ""
    count: int = 0

    @property
    def badge(self) -> str:
        """The badge as text: up to 9, then «9+»; empty when there is nothing new."""
        if self.count <= 0:
            return ""
        return "9+" if self.count > 9 else str(self.count)


@dataclass(frozen=True)
class Session:
    """The idle clock of ux.md c14, in seconds after the page was loaded."""

    warn_after: int
    ends_after: int
    extend_href: str
    ended_href: str
    keep_href: str = ""


@dataclass(frozen=True)
class Shell:
    """Addresses and words around the page. An empty string leaves that part out."""

    home_href: str = "/"
    help_href: str = ""
    language_href: str = ""
    login_href: str = ""
    logout_href: str = ""
    leave_href: str = ""
    leave_help_href: str = ""
    search_href: str = ""
    kept_href: str = ""
    hide_href: str = ""
    hidden: bool = False
    demo: bool = False
    person: str = ""
    role: str = ""
    unit: str = ""
    menu: tuple[NavItem, ...] = field(default_factory=tuple)
    bell: NavItem | None = None
    session: Session | None = None

    @property
    def initials(self) -> str:
        """At most two letters of the signed-in person's own name."""
        words = [word for word in self.person.split() if word]
        return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()
