// Package localpool is a user pool domain shaped like Cognito's on a loopback
// address, for the demo and for tests: it shows the login pages, hands out
// codes and signs tokens. It knows nothing of the program that signs in.
//
// It is no identity provider for anything real: it shows on its pages the
// codes that a mail would bring, and everything in it ends with the process.
//
// New puts the parts together, and each part knows only those below it:
//
//	routes.go             which address is whose
//	authorize.go          /oauth2/authorize: a code for whoever has signed in
//	token.go              /oauth2/token and revoke: tokens for a code
//	documents.go          discovery, keys and userInfo
//	*_pages.go, logout.go what a person sees, over forms.go and page_writer.go
//	admin_api.go          the same as the admin page, for Connect
//	page.go, bodies.go    HTML from values
//	issuer.go, sign.go    tokens of a grant
//	codes.go, grants.go   what was given out and lives
//	directory.go          people, their groups and mails
//	browser_session.go    who has signed in in which browser
//	client.go             the one app client
//	hooks.go              where tests make it go wrong: see package faults
//
// A sign-in is a walk through them: the app sends the browser to
// authorization.serve, which finds no session and sends it on to
// loginPages.show; loginPages.post asks the directory, begins a session, and
// authorization.sendCode returns to the app with a code. tokenEndpoint takes
// the code, opens a grant, and issuer.mint makes its tokens from what the
// directory says of the person at that moment. A refresh enters at the grant.
//
// Each store has its own mutex and never calls another one while it is
// locked, but for people.SignOutEverywhere: directory before grants.
package localpool

import (
	"net"
	"net/http"
	"os"
	"slices"
	"strings"
	"sync"

	"github.com/authtabs/tabgate/auth/fault"
	"github.com/authtabs/tabgate/auth/secret"
)

// Pool is one running user pool. All its methods may be called at once from
// several goroutines.
type Pool struct {
	people
	client   client
	host     string // 127.0.0.1:PORT
	id       string // local_Demo…
	listener net.Listener
	server   *http.Server
	start    sync.Once
	first    sync.Once // the first request, which says that keys will be needed
	handler  http.Handler
	keys     *Keys

	admins   adminSessions
	adminKey secret.Text // opens the admin page
	apiKey   secret.Text // opens the admin API; written by Publish

	mu        sync.Mutex
	published []string
}

// New makes a pool and takes its address, but does not serve yet: connections
// wait until Start. Close frees the address.
func New(o Options) (*Pool, error) {
	o = o.withDefaults()
	if err := o.check(); err != nil {
		return nil, err
	}
	l, err := listen(o.Listen)
	if err != nil {
		return nil, err
	}
	p := &Pool{
		host: l.Addr().String(), id: "local_Demo" + randomHex(4), listener: l, keys: o.Keys,
		adminKey: secret.New(randomHex(16)), apiKey: secret.New(randomHex(32)),
	}
	d, err := newDirectory(o.Users, o.Now)
	if err != nil {
		l.Close()
		return nil, err
	}
	p.people = people{d, newGrants(o)}
	p.client = client{
		o.ClientID, o.ClientSecret, o.RedirectURIs, append(slices.Clone(o.LogoutURIs), p.SignedOutURI()),
		returnsOf(o.RedirectURIs, p.Issuer()),
	}
	p.handler = p.endpoints(o).routes("/"+p.id, o.Hooks)
	p.server = newServer(p)
	return p, nil
}

func (p *Pool) endpoints(o Options) endpoints {
	csrf, codes := csrfKey(randomBytes(32)), newCodes()
	pages := pageWriter{p.Domain(), p.client, o.NoReset}
	sessions := newBrowserSessions(cookieName("pool", p.host), csrf, o.Now)
	authorization := authorization{p.client, codes, sessions, o.Now}
	issuer := issuer{
		domain: p.Domain(), url: p.Issuer(), client: o.ClientID, ttl: o.AccessTTL, now: o.Now,
		directory: p.directory, grants: p.grants, signer: signer{o.Keys, o.Hooks},
	}
	forms := forms{pages, sessions, p.directory}
	return endpoints{
		authorization: authorization,
		token:         tokenEndpoint{p.client, codes, p.grants, issuer, o.Hooks, o.Now},
		issuer:        issuer,
		logout:        logout{p.client, sessions, pages},
		login:         loginPages{forms, authorization, isDemo(o.Users)},
		account:       accountPages{forms},
		admin:         adminPages{pages, p.people, csrf, &p.admins, cookieName("admin", p.host), p.adminKey, o.Groups},
		api:           adminAPI{p.people, p.apiKey},
	}
}

// ServeHTTP answers only to the pool's own address as the Host: another name
// that points here is somebody's DNS rebinding.
func (p *Pool) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("X-Amz-Cognito-Request-Id", uuid())
	port := p.host[strings.LastIndex(p.host, ":"):]
	if r.Host != p.host && r.Host != "localhost"+port {
		http.Error(w, "This pool is at "+p.Domain()+" and answers to no other name.", http.StatusMisdirectedRequest)
		return
	}
	p.first.Do(func() { p.keys.warm(); fault.Go(p.directory.warm) })
	p.handler.ServeHTTP(w, r)
}

// Start serves in the background and returns the address. Calling it again
// changes nothing.
func (p *Pool) Start() string {
	p.start.Do(func() { fault.Go(func() { _ = p.server.Serve(p.listener) }) })
	return p.host
}

// Close ends the pool at once: its address is free, its users and keys are
// gone, and what Publish wrote is removed.
func (p *Pool) Close() error {
	p.mu.Lock()
	for _, file := range p.published {
		os.Remove(file)
	}
	p.published = nil
	p.mu.Unlock()
	err := p.server.Close()
	p.listener.Close() // Not the server's yet when nothing was served.
	return err
}

// Domain is the user pool domain, for example http://127.0.0.1:9229.
func (p *Pool) Domain() string { return "http://" + p.host }

// Issuer is the iss of the pool's tokens: the domain and the pool's id.
func (p *Pool) Issuer() string { return p.Domain() + "/" + p.id }

// ClientID is the id of the pool's only app client.
func (p *Pool) ClientID() string { return p.client.id }

// SignedOutURI is a page of the pool that says that the browser is signed
// out, registered as a sign-out address.
func (p *Pool) SignedOutURI() string { return p.Domain() + "/signedOut" }

// AdminURL opens the admin page. It holds a key: show it to the person who
// started the pool, and to nobody else.
func (p *Pool) AdminURL() string { return p.Domain() + "/admin?key=" + p.adminKey.Reveal() }

// Settings are the lines that point a client at this pool, as KEY=value.
func (p *Pool) Settings() []string {
	lines := []string{
		"COGNITO_DOMAIN=" + p.Domain(),
		"CLIENT_ID=" + p.ClientID(),
		"COGNITO_ISSUER=" + p.Issuer(),
		"APP_URI=" + strings.Join(p.client.redirects, ","),
		"LOGOUT_URI=" + p.client.logouts[0],
	}
	if !p.client.secret.Empty() {
		lines = append(lines, "CLIENT_SECRET="+p.client.secret.Reveal())
	}
	return lines
}
