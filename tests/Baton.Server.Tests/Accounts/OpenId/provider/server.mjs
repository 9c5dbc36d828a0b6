// An OpenID provider of one company: whoever comes is the person in PERSON, as JSON {sub, email, name, groups}.
// usage: PERSON_FILE=person.json PORT=0 REDIRECT=http://127.0.0.1:5000/signin-oidc node server.mjs
// Prints "ready" when it listens. The person is read anew for each sign-in, so that a test may change it.
import { createServer } from 'node:http';
import { readFileSync } from 'node:fs';
import Provider from 'oidc-provider';

const port = Number(process.env.PORT);
const person = () => JSON.parse(readFileSync(process.env.PERSON_FILE, 'utf8'));
const issuer = `http://127.0.0.1:${port}`;

const provider = new Provider(issuer, {
  clients: [{
    client_id: 'baton',
    client_secret: process.env.SECRET,
    redirect_uris: [process.env.REDIRECT],
    response_types: ['code'],
    grant_types: ['authorization_code'],
  }],
  claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name', 'groups'] },
  conformIdTokenClaims: false,
  cookies: { keys: ['of a test'] },
  features: { devInteractions: { enabled: false } },
  interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
  findAccount: () => ({ accountId: person().sub, claims: async () => person() }),
  loadExistingGrant: async (ctx) => {
    const grant = new ctx.oidc.provider.Grant({ clientId: 'baton', accountId: ctx.oidc.session.accountId });
    grant.addOIDCScope('openid email profile');
    await grant.save();
    return grant;
  },
});

createServer((request, response) => {
  if (!request.url.startsWith('/interaction/')) return provider.callback()(request, response);
  provider.interactionDetails(request, response)
    .then(() => provider.interactionFinished(request, response, { login: { accountId: person().sub } }))
    .catch((error) => { response.statusCode = 500; response.end(String(error)); });
}).listen(port, '127.0.0.1', () => console.log('ready'));
