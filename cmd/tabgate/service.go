package main

import (
	"cmp"
	"context"
	"errors"
	"net"
	"net/http"
	"time"

	"github.com/authtabs/tabgate/auth"
	"github.com/authtabs/tabgate/auth/browser"
	"github.com/authtabs/tabgate/auth/cognito"
	"github.com/authtabs/tabgate/auth/loopback"
	"github.com/authtabs/tabgate/auth/neterr"
	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/auth/store"
	"github.com/authtabs/tabgate/auth/transport"
	"github.com/authtabs/tabgate/cmd/tabgate/config"
	"github.com/authtabs/tabgate/data/gate/wire"
)

// services build the sign-in of a configuration, and find the sessions that
// are kept.
type services struct {
	*settings
	state     string               // state directory in the place of the user's own
	transport *transport.Transport // of all requests, once one was needed
	toServer  *transport.Transport // of those to a server of pages
}

// service builds the sign-in of a configuration, with the person's browser.
func (c *services) service(cfg config.Config) (*auth.Service, error) {
	return c.serviceWith(cfg, nil)
}

// serviceWith is service with something in the browser's place.
func (c *services) serviceWith(cfg config.Config, instead func(ctx context.Context, url string) error) (*auth.Service, error) {
	if !cfg.Configured() {
		return nil, unconfigured(cfg.Folder)
	}
	network, err := c.network(cfg)
	if err != nil {
		return nil, err
	}
	kept, former, err := storesOf(cfg, config.Dirs(c.env).State)
	if err != nil {
		return nil, err
	}
	// A keyring service may ask which program asks, which it looks up as it may
	// not in an unreadable one (KeePassXC warns of it).
	if c.unreadable != nil && kept.Kind() != "keyring" && !neterr.Loopback(cfg.Domain.Hostname()) {
		c.unreadable()
	}
	open, why := browser.Find(c.env.get, cfg.Browser)
	o := auth.Options{
		Cognito: cognito.Config{
			Domain: cfg.Domain, ClientID: cfg.ClientID, ClientSecret: cfg.ClientSecret, LogoutURI: cfg.LogoutURI,
			Resource: cfg.Resource, ResourceID: cfg.ResourceID, AnyAudience: cfg.AnyAudience,
			Scopes: cfg.Scopes, DeviceAuthURL: cfg.DeviceAuthorizationURL, DeviceTokenURL: cfg.DeviceTokenURL, Issuer: cfg.Issuer,
		},
		Issuers: cfg.Issuers(), RedirectURIs: cfg.RedirectURIs, Store: kept, Former: former, StateDir: c.stateDir(),
		Profile: cfg.Profile, LocalPool: neterr.Loopback(cfg.Domain.Hostname()), Now: c.now, HTTP: cognito.HTTPClient(network),
		BrowserNote: why, Timeout: cfg.LoginTimeout, Ask: cfg.Ask,
	}
	if o.Browser = instead; instead == nil && open.Found() {
		o.Browser = func(_ context.Context, url string) error { return open.Open(url) }
		o.BrowserByLink = open.Desktop()
	}
	o.Remote = func(redirectURI string) string { return remote(c.env, redirectURI, cfg.Domain.String()) }
	return auth.New(o)
}

// network is the one way onto the network, for sign-in and for figures. Its
// errors are those of the CA file.
func (c *services) network(cfg config.Config) (*transport.Transport, error) {
	if c.transport == nil {
		made, err := c.newTransport(cfg, nil)
		if err != nil {
			return nil, err
		}
		c.transport = made
	}
	return c.transport, nil
}

func (c *services) newTransport(cfg config.Config, judge func(net.Conn) error) (*transport.Transport, error) {
	roots, err := transport.Roots(cfg.CAFile)
	if err != nil {
		return nil, coded{exitConfig, err}
	}
	return transport.New(transport.Options{Roots: roots, Env: c.env, UserAgent: userAgent(), Judge: judge}), nil
}

// serverClient asks a server of pages. On this machine it speaks with this
// user's and root's programs alone, for it sends the access token.
func (c *services) serverClient(cfg config.Config) (*http.Client, error) {
	if c.toServer == nil {
		made, err := c.newTransport(cfg, loopback.CheckServer)
		if err != nil {
			return nil, err
		}
		c.toServer = made
	}
	return c.toServer.Client(transport.Limits{Bytes: wire.MaxFrame}), nil
}

// withService runs do with the configured sign-in, and lets a browser or a refresh
// that is under way finish afterwards.
func (c *services) withService(do func(config.Config, *auth.Service) error) error {
	cfg, err := c.load()
	if err != nil {
		return err
	}
	if undecided(cfg) {
		return notSignedIn(cfg.Folder)
	}
	return c.withServiceOf(cfg, do)
}

// withServiceOf is withService for a configuration at hand.
func (c *services) withServiceOf(cfg config.Config, do func(config.Config, *auth.Service) error) error {
	svc, err := c.service(cfg)
	if err != nil {
		return err
	}
	defer svc.Close()
	return do(cfg, svc)
}

// remote is what to do where the browser may be on another machine.
func remote(env lookup, addresses ...string) string {
	kind, note := browser.Remote(env.get)
	if line := browser.SSHForward(env.get, addresses...); kind == browser.SSH && line != "" {
		note += "\n" + line
	}
	return note
}

// stateDir is where a sign-in keeps what it remembers.
func (c *services) stateDir() string { return cmp.Or(c.state, config.Dirs(c.env).State) }

// stored lists the sessions of this user's stores; no keyring is asked.
func (c *services) stored() ([]store.Entry, error) {
	stores, err := storesOfUser(config.Dirs(c.env).State)
	if err != nil {
		return nil, err
	}
	return auth.Stored(c.stateDir(), stores...)
}

// keysTimeout is how long a command waits for the public keys.
const keysTimeout = 10 * time.Second

// current is the session in force: the stored one, checked with fetched keys
// where none are kept, and refreshed when it has ended and can be renewed.
func (c *services) current(ctx context.Context, svc *auth.Service) (session.Session, error) {
	s, err := svc.Restore(ctx)
	if errors.Is(err, auth.ErrNetwork) {
		limited, cancel := context.WithTimeout(ctx, keysTimeout)
		defer cancel()
		switch _, failed := svc.Token(limited, "id"); { // it fetches them
		case failed != nil && limited.Err() != nil && ctx.Err() == nil:
			return s, err
		case failed != nil:
			return s, asNotSignedIn(failed)
		}
		s, err = svc.Restore(ctx)
	}
	if err != nil || !s.SignedIn() || s.Live(c.now()) {
		return s, asNotSignedIn(err)
	}
	renewed, err := svc.Refresh(ctx)
	if err != nil {
		return s, err
	}
	return renewed, nil
}

// asNotSignedIn says of a store that cannot be read what it means here: nobody can
// be signed in, for the reason that the store gives.
func asNotSignedIn(err error) error {
	var failed *store.Error
	if errors.As(err, &failed) {
		return coded{exitNotSignedIn, err}
	}
	return err
}

// visitor is who asks: nobody where no user pool is configured.
func (c *services) visitor(ctx context.Context, cfg config.Config) (session.Session, error) {
	if !cfg.Configured() {
		return session.Session{}, nil
	}
	svc, err := c.service(cfg)
	if err != nil {
		return session.Session{}, err
	}
	defer svc.Close()
	return c.current(ctx, svc)
}
