// A real OpenID Connect provider for the tests: issues what it is told about whoever logs in with a name.
// Usage: node provider.mjs PORT REDIRECT_URI  (people as JSON on standard input)
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';

const require = createRequire(process.env.PROVIDER_MODULES + '/');
const { Provider } = require('oidc-provider');

const [port, redirectUri] = process.argv.slice(2);
const people = JSON.parse(readFileSync(0, 'utf8'));
const claimNames = [...new Set(Object.values(people).flatMap(Object.keys))];

const provider = new Provider(`http://localhost:${port}`, {
  clients: [{
    client_id: 'kring', client_secret: 'for-tests-only-secret', redirect_uris: [redirectUri],
    grant_types: ['authorization_code'], response_types: ['code'],
  }],
  pkce: { required: () => true },
  acrValues: [...new Set(Object.values(people).map((p) => p.acr).filter(Boolean))],
  claims: { openid: ['sub', ...claimNames], profile: [], email: [] },
  conformIdTokenClaims: false,
  findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, ...people[id] }) }),
  cookies: { keys: ['for-tests-only'] },
  features: { devInteractions: { enabled: false } },
  interactions: { url: (_, interaction) => `/who/${interaction.uid}` },
});

// The log-in page: one field. Consent is given at once.
provider.use(async (ctx, next) => {
  if (!ctx.path.startsWith('/who/')) return next();
  const details = await provider.interactionDetails(ctx.req, ctx.res);
  const finish = (result) => provider.interactionFinished(ctx.req, ctx.res, result, { mergeWithLastSubmission: true });
  if (ctx.query.cancel) return finish({ error: 'access_denied', error_description: 'cancelled' });
  if (ctx.query.name) {
    const grant = new provider.Grant({ accountId: ctx.query.name, clientId: 'kring' });
    grant.addOIDCScope('openid profile email');
    const grantId = await grant.save();
    return finish({ login: { accountId: ctx.query.name, acr: people[ctx.query.name]?.acr }, consent: { grantId } });
  }
  ctx.type = 'html';
  ctx.body = `<form><label>Namn <input name="name"></label><button>Logga in</button></form><p>${details.prompt.name}</p>`;
});

provider.listen(Number(port), '127.0.0.1', () => console.log('listening'));
