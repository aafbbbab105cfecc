// An OpenID provider that is not ours, with Cognito's claims put on and, when
// it is called with "cognito", its paths: it prints its address when it is ready
// and ends with its standard input.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const entry = join(process.env.TABGATE_MOCK_PROVIDER, 'oauth2-mock-server', 'dist', 'index.js');
const { OAuth2Server } = await import(pathToFileURL(entry));

const paths = process.argv[2] !== 'cognito' ? {} : {
  endpoints: {
    authorize: '/oauth2/authorize',
    token: '/oauth2/token',
    userinfo: '/oauth2/userInfo',
    revoke: '/oauth2/revoke',
    endSession: '/logout',
    jwks: '/.well-known/jwks.json',
  },
};
const server = new OAuth2Server(undefined, undefined, paths);
await server.issuer.keys.generate('RS256');
await server.issuer.keys.generate('RS256');

const login = Math.floor(Date.now() / 1000);
let groups = ['Underwriters'];

// Both tokens pass here: the one that the provider gave an audience is the ID
// token.
server.service.on('beforeTokenSigning', (token, req) => {
  const p = token.payload;
  p['cognito:groups'] = groups;
  p.auth_time = login;
  if (p.aud === undefined) {
    Object.assign(p, { token_use: 'access', client_id: req.body.client_id, username: 'johndoe', scope: 'openid email' });
  } else {
    Object.assign(p, { token_use: 'id', 'cognito:username': 'johndoe', email: 'john@example.com', email_verified: true });
  }
});

// A refresh tells of another group, and keeps the refresh token, as Cognito
// without rotation does.
server.service.on('beforeResponse', (response, req) => {
  if (req.body.grant_type === 'refresh_token') {
    delete response.body.refresh_token;
  } else {
    groups = ['CreditAnalysts'];
  }
});

server.service.on('beforeUserinfo', (response) => {
  Object.assign(response.body, { username: 'johndoe', email: 'john@example.com', email_verified: 'true' });
});

server.service.on('beforeRevoke', () => console.log('revoked'));

await server.start(0, '127.0.0.1');
const { port } = server.address();
server.issuer.url = `http://127.0.0.1:${port}`;
console.log(server.issuer.url);

process.stdin.resume();
process.stdin.on('end', () => process.exit(0));
