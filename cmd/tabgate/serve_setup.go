package main

import (
	"cmp"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"golang.org/x/crypto/acme"
	"golang.org/x/crypto/acme/autocert"
	"golang.org/x/net/idna"

	"github.com/authtabs/tabgate/auth/cognito"
	"github.com/authtabs/tabgate/auth/neterr"
	"github.com/authtabs/tabgate/auth/secret"
	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/auth/token"
	"github.com/authtabs/tabgate/cmd/tabgate/config"
	"github.com/authtabs/tabgate/data/dashboard"
	"github.com/authtabs/tabgate/data/gate"
	"github.com/authtabs/tabgate/data/gate/wire"
)

// serveCommand serves a folder to those who may see it.
type serveCommand struct {
	*wiring
	flags dashboard.Server
}

// serveSetup is how a folder is served, once all is checked.
type serveSetup struct {
	server  dashboard.Server
	cfg     config.Config // the user pool
	keys    *http.Client  // asks for the pool's keys
	issuers []string
	listen  string
	proxies []netip.Prefix
	tls     *tls.Config // nil = plain http

	public  string // the address that people type
	hosts   []string
	returns []string // redirect addresses of readers' sign-ins
}

const defaultServe = "127.0.0.1:8443"

// setup checks the settings of the server and of its user pool.
func (s serveCommand) setup(d *dashboardDir) (*serveSetup, error) {
	u := &serveSetup{server: s.over(d)}
	cfg, err := s.servePool(d)
	if err != nil {
		return nil, err
	}
	u.cfg, u.issuers = cfg, cfg.Issuers()
	switch {
	case !cfg.Configured():
		return nil, fail(exitConfig, "there is no user pool that people sign in with: name it in sign_in of tabgate.yaml, or in the environment or the config file (a .env is not read)")
	case len(u.issuers) == 0:
		return nil, fail(exitConfig, "a server learns no issuer by itself: set user_pool_id or issuer beside the pool's domain")
	case !cfg.ClientSecret.Empty():
		return nil, fail(exitConfig, "the app client has a secret, which readers cannot be given: make a public client for them")
	}
	network, err := s.network(cfg)
	if err != nil {
		return nil, err
	}
	u.keys = cognito.HTTPClient(network)
	if err := u.loopbackAlone(); err != nil {
		return nil, err
	}
	if err := u.address(); err != nil {
		return nil, err
	}
	if err := u.certificate(config.Dirs(s.env).State); err != nil {
		return nil, err
	}
	return u, nil
}

// over puts what flags say over what the folder says. Files are found from where
// they were named: the working directory, or the folder.
func (s serveCommand) over(d *dashboardDir) dashboard.Server {
	flags, folder := s.flags, d.Server
	file := func(flag, own string) string {
		switch {
		case flag != "" && flag != "-":
			return folderAt(s.dir, flag)
		case flag == "" && own != "" && own != "-":
			return folderAt(d.path, own)
		}
		return cmp.Or(flag, own)
	}
	return dashboard.Server{
		Listen: cmp.Or(flags.Listen, folder.Listen), PublicURL: cmp.Or(flags.PublicURL, folder.PublicURL),
		TLSCert: file(flags.TLSCert, folder.TLSCert), TLSKey: file(flags.TLSKey, folder.TLSKey), ACME: cmp.Or(flags.ACME, folder.ACME),
		BehindProxy: cmp.Or(flags.BehindProxy, folder.BehindProxy), Audit: file(flags.Audit, folder.Audit),
		AnyAudience: flags.AnyAudience || folder.AnyAudience, MaxAge: folder.MaxAge,
	}
}

// servePool is the user pool that readers sign in with: the folder's, or else the
// operator's own, but never that of a .env.
func (s serveCommand) servePool(d *dashboardDir) (config.Config, error) {
	own, err := config.Load(config.Options{
		Env: s.env, WorkDir: s.dir, Pages: s.pages(), Path: s.configPath, Profile: s.profile, Flags: s.values(), EnvFile: s.envFile, User: s.user, NoDotenv: true,
	})
	if err != nil || len(d.SignIn) == 0 {
		return own, err
	}
	cfg, err := config.LoadSignIn(d.SignIn)
	cfg.CAFile, cfg.Offline = own.CAFile, own.Offline
	return cfg, err
}

// address checks where the server listens and what it is called.
func (u *serveSetup) address() error {
	preset := defaultServe
	if u.server.ACME != "" {
		preset = ":443"
	}
	u.listen = cmp.Or(u.server.Listen, preset)
	host, _, err := net.SplitHostPort(u.listen)
	if err != nil {
		return usage("--listen takes an address and a port such as 127.0.0.1:8443, not %q", session.Clean(u.listen, 100))
	}
	if u.server.BehindProxy != "" {
		for one := range strings.SplitSeq(u.server.BehindProxy, ",") {
			p, err := prefixOf(strings.TrimSpace(one))
			if err != nil {
				return usage("--behind-proxy takes where the proxy's requests come from, such as 10.0.0.5/32, not %q", session.Clean(one, 100))
			}
			u.proxies = append(u.proxies, p)
		}
	}
	if u.server.PublicURL == "" && u.server.ACME != "" {
		u.server.PublicURL = "https://" + u.server.ACME
	}
	if u.server.PublicURL == "" {
		if !neterr.Loopback(host) || len(u.proxies) > 0 {
			return fail(exitConfig, "on a network the server must know the address that people type: --public-url https://dash.example.com")
		}
		return nil
	}
	u.public, err = publicURL(u.server.PublicURL)
	if err != nil {
		return fail(exitConfig, "public_url "+err.Error())
	}
	return nil
}

func prefixOf(text string) (netip.Prefix, error) {
	if a, err := netip.ParseAddr(text); err == nil {
		return a.Prefix(a.BitLen())
	}
	p, err := netip.ParsePrefix(text)
	return p.Masked(), err
}

// publicURL is an address as it is compared: lower case, no default port,
// nothing behind the host.
func publicURL(text string) (string, error) {
	v, err := url.Parse(strings.TrimSuffix(text, "/"))
	switch {
	case err != nil || v.Host == "" || v.Scheme != "https" && v.Scheme != "http":
		return "", errors.New("is an address such as https://dash.example.com")
	case v.User != nil || v.Path != "" || v.RawQuery != "" || v.ForceQuery || v.Fragment != "":
		return "", errors.New("has no path, query or user: the server is a host alone")
	case v.Scheme == "http" && !neterr.Loopback(v.Hostname()):
		return "", errors.New("is https: tokens do not go over a network in plain text")
	}
	host := strings.ToLower(v.Hostname())
	if net.ParseIP(host) == nil {
		if host, err = idna.Lookup.ToASCII(host); err != nil {
			return "", fmt.Errorf("has a host that is no name: %w", err)
		}
	}
	port := v.Port()
	if port == "443" && v.Scheme == "https" || port == "80" && v.Scheme == "http" {
		port = ""
	}
	switch {
	case port != "":
		host = net.JoinHostPort(host, port)
	case strings.Contains(host, ":"):
		host = "[" + host + "]"
	}
	return v.Scheme + "://" + host, nil
}

// certificate prepares TLS.
func (u *serveSetup) certificate(state string) error {
	host, _, _ := net.SplitHostPort(u.listen)
	plain := u.server.TLSCert == "" && u.server.TLSKey == "" && u.server.ACME == ""
	switch {
	case plain && len(u.proxies) == 0 && !neterr.Loopback(host):
		return fail(exitConfig, "on a network tokens do not go in plain text: give --tls-cert and --tls-key, --acme HOST, or --behind-proxy CIDR")
	case plain && len(u.proxies) == 0 && strings.HasPrefix(u.public, "https:"):
		return fail(exitConfig, "public_url is https, and the server has no certificate: give --tls-cert and --tls-key, --acme HOST, or --behind-proxy CIDR")
	case !plain && len(u.proxies) > 0:
		return fail(exitConfig, "behind a proxy the server speaks plain http: take out the certificate, or behind_proxy")
	case plain:
		return nil
	case strings.HasPrefix(u.public, "http:"):
		return fail(exitConfig, "public_url is http, and the server has a certificate: write https")
	case u.server.ACME != "" && (u.server.TLSCert != "" || u.server.TLSKey != ""):
		return fail(exitConfig, "a certificate is fetched (acme) or given (tls_cert and tls_key), not both")
	case u.server.ACME != "":
		if state == "" {
			return fail(exitConfig, "there is no directory to keep the certificate in: set HOME or XDG_STATE_HOME")
		}
		m := &autocert.Manager{Prompt: autocert.AcceptTOS, HostPolicy: autocert.HostWhitelist(u.server.ACME), Cache: autocert.DirCache(filepath.Join(state, "acme")), Client: &acme.Client{HTTPClient: u.keys, UserAgent: userAgent()}}
		u.tls = m.TLSConfig()
		u.tls.MinVersion = tls.VersionTLS12
		return nil
	}
	load := func() (*tls.Certificate, error) {
		c, err := tls.LoadX509KeyPair(u.server.TLSCert, u.server.TLSKey)
		return &c, err
	}
	if _, err := load(); err != nil {
		return fail(exitConfig, "the certificate cannot be used: "+session.Clean(bare(err).Error(), 300))
	}
	u.tls = &tls.Config{MinVersion: tls.VersionTLS12, GetCertificate: newCertificates(load).get}
	return nil
}

// loopbackAlone keeps a local pool on this machine: whoever reaches its pages
// reads its people's codes.
func (u *serveSetup) loopbackAlone() error {
	local := neterr.Loopback(u.cfg.Domain.Hostname())
	for _, issuer := range u.issuers {
		if v, err := url.Parse(issuer); err == nil && neterr.Loopback(v.Hostname()) {
			local = true
		}
	}
	host, _, _ := net.SplitHostPort(cmp.Or(u.server.Listen, defaultServe))
	public := u.server.PublicURL != ""
	if v, err := url.Parse(u.server.PublicURL); err == nil && neterr.Loopback(v.Hostname()) {
		public = false
	}
	if local && (!neterr.Loopback(host) || public || u.server.ACME != "" || u.server.BehindProxy != "") {
		return fail(exitConfig, "the local pool is for this machine alone: whoever reaches its pages can be anybody. Listen at 127.0.0.1 without public_url, or name a user pool of your own")
	}
	return nil
}

// at completes the setup with the address that is listened at.
func (u *serveSetup) at(a net.Addr) error {
	host, port, err := net.SplitHostPort(a.String())
	if err != nil {
		return err
	}
	scheme, preset := "http", "80"
	if u.tls != nil || len(u.proxies) > 0 {
		scheme, preset = "https", "443"
	}
	if u.public == "" {
		u.public = scheme + "://" + net.JoinHostPort(host, port)
		u.hosts = gate.LoopbackHosts(port)
	} else {
		v, err := url.Parse(u.public)
		if err != nil {
			return err
		}
		u.hosts = []string{v.Host}
		if v.Port() == "" {
			u.hosts = append(u.hosts, net.JoinHostPort(v.Hostname(), preset))
		}
	}
	for _, issuer := range u.issuers {
		for _, r := range u.cfg.RedirectURIs {
			if v, err := url.Parse(r); err == nil {
				u.returns = append(u.returns, v.Scheme+"://"+v.Host+token.ReturnPath(issuer))
			}
		}
	}
	return nil
}

// resource is what the gate says of itself. Of several issuers that a pool may
// have, the one comes first that answers.
func (u *serveSetup) resource(ctx context.Context, title string, outside []dashboard.Need) wire.Resource {
	issuers := slices.Clone(u.issuers)
	if len(issuers) > 1 {
		ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
		defer cancel()
		slices.SortStableFunc(issuers, func(a, b string) int { return cmp.Compare(u.silent(ctx, a), u.silent(ctx, b)) })
	}
	scopes := slices.DeleteFunc(slices.Clone(u.cfg.Scopes), func(s string) bool { return s == adminScope })
	r := wire.Resource{
		Resource: u.public, Servers: issuers, Scopes: scopes, Methods: []string{"header"}, Name: session.Clean(title, 200),
		Tabgate: wire.SignIn{
			Domain: u.cfg.Domain.String(), ClientID: u.cfg.ClientID, RedirectURIs: u.returns, LogoutURI: u.cfg.LogoutURI,
			SendsTokenTo: []string{}, AnyAudience: u.server.AnyAudience,
		},
	}
	for _, n := range outside {
		if n.Identity == "token" {
			origin, _, _ := strings.Cut(n.Place, " ") // what it is stands behind
			r.Tabgate.SendsTokenTo = append(r.Tabgate.SendsTokenTo, origin)
		}
	}
	return r
}

// silent is 1 for an issuer that does not answer.
func (u *serveSetup) silent(ctx context.Context, issuer string) int {
	if _, err := token.Discover(ctx, u.keys, issuer); err != nil {
		return 1
	}
	return 0
}

// verifier says who a token stands for.
func (u *serveSetup) verifier(now func() time.Time) gate.Verify {
	o := token.AccessOptions{
		Keys: map[string]*token.Keys{}, Resource: u.public, Identifiers: identifiers(u.cfg.Scopes), AnyAudience: u.server.AnyAudience, MaxAge: u.server.MaxAge, Now: now,
	}
	for _, issuer := range u.issuers {
		o.Pairs = append(o.Pairs, token.Pair{Issuer: issuer, ClientID: u.cfg.ClientID})
		o.Keys[issuer] = token.NewKeys(u.keys, issuer, now)
	}
	access := token.NewAccess(o)
	return func(ctx context.Context, raw string) (*gate.Caller, error) {
		text := secret.New(raw)
		h, err := access.Verify(ctx, text)
		var refused *token.Error
		switch {
		case errors.As(err, &refused) && refused.Reason != token.Unreachable:
			return nil, &gate.Refused{Text: refused.Error()}
		case err != nil:
			return nil, fmt.Errorf("%w: %w", gate.ErrUnavailable, err)
		}
		return callerOf(h, text), nil
	}
}

// identifiers are the names of the resource server in the user pool: what stands
// before the scopes of its own that readers ask for.
func identifiers(scopes []string) (out []string) {
	for _, s := range scopes {
		if i := strings.LastIndexByte(s, '/'); i > 0 && !slices.Contains(out, s[:i]) {
			out = append(out, s[:i])
		}
	}
	return out
}
