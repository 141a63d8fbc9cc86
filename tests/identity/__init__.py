"""A real OpenID Connect provider, started by the tests (npm oidc-provider, version pinned)."""
