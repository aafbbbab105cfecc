package main

import (
	"context"
	"errors"
	"net/http"
	"os"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/lipgloss"
	"github.com/muesli/termenv"

	"github.com/authtabs/tabgate/auth"
	"github.com/authtabs/tabgate/auth/browser"
	"github.com/authtabs/tabgate/auth/cognito"
	"github.com/authtabs/tabgate/auth/neterr"
	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/auth/store"
	"github.com/authtabs/tabgate/auth/transport"
	"github.com/authtabs/tabgate/cmd/tabgate/config"
	"github.com/authtabs/tabgate/data"
	"github.com/authtabs/tabgate/tui"
	"github.com/authtabs/tabgate/tui/page"
	"github.com/authtabs/tabgate/tui/pages/home"
	"github.com/authtabs/tabgate/tui/signin"
	"github.com/authtabs/tabgate/tui/theme"
)

// service builds the sign-in of a configuration, with the person's browser.
func (c *command) service(cfg config.Config) (*auth.Service, error) {
	return c.serviceWith(cfg, nil)
}

// serviceWith is service with something in the browser's place.
func (c *command) serviceWith(cfg config.Config, instead func(ctx context.Context, url string) error) (*auth.Service, error) {
	if !cfg.Configured() {
		return nil, unconfigured(cfg.Folder)
	}
	network, err := c.network(cfg)
	if err != nil {
		return nil, err
	}
	kept, former, err := c.stores(cfg)
	if err != nil {
		return nil, err
	}
	// A keyring service may ask which program asks, which it looks up as it may
	// not in an unreadable one (KeePassXC warns of it).
	if c.unreadable != nil && kept.Kind() != "keyring" && !neterr.Loopback(cfg.Domain.Hostname()) {
		c.unreadable()
	}
	open, why := browser.Find(lookup(c.env).get, cfg.Browser)
	o := auth.Options{
		Cognito: cognito.Config{
			Domain: cfg.Domain, ClientID: cfg.ClientID, ClientSecret: cfg.ClientSecret, LogoutURI: cfg.LogoutURI,
			Scopes: cfg.Scopes, DeviceAuthURL: cfg.DeviceAuthorizationURL, DeviceTokenURL: cfg.DeviceTokenURL, Issuer: cfg.Issuer,
		},
		Issuers: cfg.Issuers(), RedirectURIs: cfg.RedirectURIs, Store: kept, Former: former, StateDir: orElse(c.state, config.Dirs(c.env).State),
		Profile: cfg.Profile, LocalPool: neterr.Loopback(cfg.Domain.Hostname()), Now: c.now, HTTP: cognito.HTTPClient(network),
		BrowserNote: why, Timeout: cfg.LoginTimeout, Ask: cfg.Ask,
	}
	if o.Browser = instead; instead == nil && open.Found() {
		o.Browser = func(_ context.Context, url string) error { return open.Open(url) }
		o.BrowserByLink = open.Desktop()
	}
	o.Remote = func(redirectURI string) string { return remote(lookup(c.env), redirectURI, cfg.Domain.String()) }
	return auth.New(o)
}

// network is the one way onto the network, for sign-in and for figures. Its
// errors are those of the CA file.
func (c *command) network(cfg config.Config) (*transport.Transport, error) {
	if c.transport == nil {
		roots, err := transport.Roots(cfg.CAFile)
		if err != nil {
			return nil, coded{exitConfig, err}
		}
		c.transport = transport.New(transport.Options{Roots: roots, Env: c.env, UserAgent: userAgent()})
	}
	return c.transport, nil
}

// dataClient asks for figures. Without a transport every request fails for
// the reason why there is none, so that figures at hand are still shown.
func (c *command) dataClient(cfg config.Config) *http.Client {
	network, err := c.network(cfg)
	if err != nil {
		return &http.Client{Transport: nowhere{&neterr.SetupError{Err: err}}}
	}
	return network.Client(transport.Limits{Bytes: data.MaxBody, Time: data.MaxTime, Redirects: data.MaxRedirects})
}

// nowhere fails each request with one error.
type nowhere struct{ err error }

// RoundTrip implements http.RoundTripper.
func (n nowhere) RoundTrip(*http.Request) (*http.Response, error) { return nil, n.err }

// signed runs do with the configured sign-in, and lets a browser or a refresh
// that is under way finish afterwards.
func (c *command) signed(do func(config.Config, *auth.Service) error) error {
	cfg, err := c.load()
	if err != nil {
		return err
	}
	if waits(cfg) {
		return nobody(cfg.Folder)
	}
	return c.with(cfg, do)
}

// with is signed for a configuration at hand.
func (c *command) with(cfg config.Config, do func(config.Config, *auth.Service) error) error {
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

// noStore says why the chosen token store cannot be had here.
type noStore struct{ error }

func (n noStore) Unwrap() error { return n.error }

// stores makes the chosen token store, and of keyring and files the other one,
// in which an earlier choice may have left a session. Memory may be chosen for
// one run alone.
func (c *command) stores(cfg config.Config) (kept, former store.Store, err error) {
	kept, err = c.store(cfg)
	dir := config.Dirs(c.env).State
	switch {
	case err != nil, kept.Kind() == "memory", dir == "":
		return kept, nil, err
	case kept.Kind() == "file":
		return kept, store.Keyring(nil), nil
	}
	if _, err := os.Stat(dir); err != nil {
		return kept, nil, nil //nolint:nilerr // Without the directory nothing was ever left in it.
	}
	if files, err := store.File(dir); err == nil {
		former = files
	}
	return kept, former, nil
}

// store makes the chosen token store; nothing falls back in silence.
func (c *command) store(cfg config.Config) (store.Store, error) {
	switch cfg.TokenStore {
	case "memory":
		return store.Memory(), nil
	case "file":
		dir := config.Dirs(c.env).State
		if dir == "" {
			return nil, noStore{fail(exitConfig, "there is no home directory to keep a file in: set XDG_STATE_HOME, or TABGATE_TOKEN_STORE=memory")}
		}
		s, err := store.File(dir)
		if err != nil {
			return nil, noStore{coded{exitConfig, err}}
		}
		return s, nil
	}
	return store.Keyring(nil), nil
}

// look is the theme of a frame on the terminal, or of one for a file.
func look(cfg config.Config, profile termenv.Profile, g theme.Glyphs) *theme.Theme {
	r := lipgloss.NewRenderer(os.Stdout)
	r.SetColorProfile(profile)
	dark := cfg.Theme != "light"
	r.SetHasDarkBackground(dark)
	return theme.New(r, theme.Options{Dark: dark, Glyphs: g})
}

// liveEnv is what pages share in the running app.
func (c *command) liveEnv(ctx context.Context, cfg config.Config) page.Env {
	env := lookup(c.env)
	return page.Env{
		Ctx: ctx, Theme: look(cfg, colours(env), glyphs(cfg.Glyphs, env)), ReducedMotion: cfg.ReducedMotion,
		Now: c.now, Tick: tea.Tick, Save: func(name string, content []byte) (string, error) { return save(c.dir, name, content) },
	}
}

// stillEnv is what pages share where one frame is all there will be.
func (c *command) stillEnv(ctx context.Context, cfg config.Config, profile termenv.Profile) page.Env {
	e := c.liveEnv(ctx, cfg)
	g := glyphs(cfg.Glyphs, lookup(c.env))
	if cfg.Glyphs == "auto" && g != theme.ASCII {
		g = theme.Quadrant // a file is read elsewhere
	}
	e.Theme, e.Still = look(cfg, profile, g), true
	e.Tick = func(time.Duration, func(time.Time) tea.Msg) tea.Cmd { return nil }
	return e
}

// source gives the figures, from file where one is named.
func (c *command) source(cfg config.Config, file string) *data.Source {
	return data.NewSource(data.Options{
		CacheDir: config.Dirs(c.env).Cache, HTTP: c.dataClient(cfg), Offline: cfg.Offline, File: file, Now: c.now,
		URLs: data.URLs{Bikes: cfg.Data.BikeRacks, Stations: cfg.Data.Stations, Paths: cfg.Data.Segments, Agriculture: cfg.Data.Agriculture},
	})
}

// outOfReach reports whether figures could not be had from their address.
func outOfReach(err error) bool {
	return errors.As(err, new(*data.NetworkError)) || errors.As(err, new(*data.AnswerError))
}

// sources is what the pages are made of.
func (c *command) sources(cfg config.Config, h home.Options) tui.Sources {
	return tui.Sources{
		List: c.pages(), Draw: c.draw, Home: h, Access: cfg.Pages,
		City: c.source(cfg, ""), Agriculture: c.source(cfg, cfg.Figures["dataframe"]),
	}
}

// gatekeeper is the sign-in as the root sees it.
type gatekeeper struct {
	*auth.Service
	quiet bool // no events: nobody will be there to see them
}

func (g gatekeeper) Begin(ctx context.Context) (signin.Attempt, error) {
	a, err := g.Service.Begin(ctx)
	if err != nil {
		return nil, err // a nil *auth.Attempt in an interface would not be nil
	}
	return a, nil
}

func (g gatekeeper) BeginDevice(ctx context.Context) (signin.Device, error) {
	d, err := g.Service.BeginDevice(ctx)
	if err != nil {
		return nil, err
	}
	return d, nil
}

func (g gatekeeper) SignOut(ctx context.Context) []session.Step { return g.Service.SignOut(ctx, true) }

func (g gatekeeper) Events(ctx context.Context) <-chan session.Event {
	if !g.quiet {
		return g.Service.Events(ctx)
	}
	none := make(chan session.Event)
	close(none)
	return none
}
