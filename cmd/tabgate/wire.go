package main

import (
	"context"
	"io"
	"maps"
	"net/http"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/lipgloss"
	"github.com/muesli/termenv"

	"github.com/authtabs/tabgate/auth"
	"github.com/authtabs/tabgate/auth/neterr"
	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/auth/transport"
	"github.com/authtabs/tabgate/cmd/tabgate/config"
	"github.com/authtabs/tabgate/data/dashboard"
	"github.com/authtabs/tabgate/data/source"
	"github.com/authtabs/tabgate/data/tiles/tileset"
	"github.com/authtabs/tabgate/tui"
	"github.com/authtabs/tabgate/tui/page"
	"github.com/authtabs/tabgate/tui/pages/home"
	"github.com/authtabs/tabgate/tui/signin"
	"github.com/authtabs/tabgate/tui/theme"
)

// wiring builds the pages: it hands figures, looks and sign-in to the screen.
type wiring struct {
	*services
	desk *desk // in the place of the demo's pages; nil = those
}

// pages are those that are shown.
func (c *wiring) pages() dashboard.Pages {
	if c.desk != nil {
		return c.desk.listed
	}
	return c.services.pages()
}

// sourceClient asks for figures.
func (c *wiring) sourceClient(cfg config.Config) *http.Client {
	return c.client(cfg, transport.Limits{Bytes: source.MaxBody, Time: source.MaxTime, Redirects: source.MaxRedirects})
}

// tilesClient asks for the ground of maps.
func (c *wiring) tilesClient(cfg config.Config) *http.Client {
	return c.client(cfg, transport.Limits{Bytes: tileset.MaxAnswer, Time: tileset.MaxTime, Redirects: tileset.MaxRedirects})
}

// client asks for figures. Without a transport every request fails for the
// reason why there is none, so that figures at hand are still shown.
func (c *wiring) client(cfg config.Config, limits transport.Limits) *http.Client {
	network, err := c.network(cfg)
	if err != nil {
		return &http.Client{Transport: nowhere{&neterr.SetupError{Err: err}}}
	}
	return network.Client(limits)
}

// nowhere fails each request with one error.
type nowhere struct{ err error }

// RoundTrip implements http.RoundTripper.
func (n nowhere) RoundTrip(*http.Request) (*http.Response, error) { return nil, n.err }

// newTheme is the theme of a frame on the terminal, or of one for a file.
func newTheme(profile termenv.Profile, o theme.Options) *theme.Theme {
	r := lipgloss.NewRenderer(io.Discard)
	r.SetColorProfile(profile)
	r.SetHasDarkBackground(o.Dark)
	return theme.New(r, o)
}

// liveEnv is what pages share in the running app.
func (c *wiring) liveEnv(ctx context.Context, cfg config.Config) page.Env {
	return page.Env{
		Ctx: ctx, Theme: newTheme(colours(c.env), theme.Options{Dark: dark(cfg.Theme, c.env), Glyphs: glyphs(cfg.Glyphs, c.env)}), ReducedMotion: cfg.ReducedMotion,
		Now: c.now, Tick: tea.Tick, Save: func(name string, content []byte) (string, error) { return save(c.dir, name, content) },
	}
}

// stillEnv is what pages share where one frame is all there will be.
func (c *wiring) stillEnv(ctx context.Context, cfg config.Config, profile termenv.Profile) page.Env {
	e := c.liveEnv(ctx, cfg)
	e.Theme, e.Still = newTheme(profile, theme.Options{Dark: cfg.Theme != "light", Glyphs: fileGlyphs(cfg.Glyphs, c.env)}), true
	e.Tick = func(time.Duration, func(time.Time) tea.Msg) tea.Cmd { return nil }
	return e
}

// sources is what the pages are made of.
func (c *wiring) sources(ctx context.Context, cfg config.Config, h home.Options) tui.Sources {
	if c.desk != nil {
		return tui.Sources{List: c.desk.listed, Draw: c.desk.draw(), Home: c.desk.home(h)}
	}
	draw := fileBoards(ctx, c.world, c.pages(), cfg)
	maps.Copy(draw, c.draw)
	return tui.Sources{
		List: c.pages(), Draw: draw, Home: h, Access: cfg.Pages,
		Board: demoBoard(demoStore(ctx, c.world, cfg, c.sourceClient(cfg))), Whole: wholePage(cfg),
	}
}

// entries are the pages with the configuration's rules and sources.
func (c *wiring) entries(ctx context.Context, cfg config.Config, h home.Options) []tui.Entry {
	return tui.Pages(c.sources(ctx, cfg, h))
}

// specs are the pages as the app would register them.
func (c *wiring) specs(ctx context.Context, cfg config.Config) []page.Spec {
	env := c.liveEnv(ctx, cfg)
	var specs []page.Spec
	for _, entry := range c.entries(ctx, cfg, home.Options{}) {
		specs = append(specs, entry(env))
	}
	return specs
}

// gatekeeper is the sign-in as the root sees it.
type gatekeeper struct {
	*auth.Service
	quiet   bool   // no events: nobody will be there to see them
	changed func() // is told when the session may be another; nil = nobody is
}

func (g gatekeeper) Begin(ctx context.Context) (signin.Attempt, error) {
	a, err := g.Service.Begin(ctx)
	if err != nil {
		return nil, err // a nil *auth.Attempt in an interface would not be nil
	}
	if g.changed == nil {
		return a, nil
	}
	return watchedAttempt{a, g.changed}, nil
}

func (g gatekeeper) BeginDevice(ctx context.Context) (signin.Device, error) {
	d, err := g.Service.BeginDevice(ctx)
	if err != nil {
		return nil, err
	}
	if g.changed == nil {
		return d, nil
	}
	return watchedDevice{d, g.changed}, nil
}

// tell tells that the session may be another.
func (g gatekeeper) tell() {
	if g.changed != nil {
		g.changed()
	}
}

func (g gatekeeper) Refresh(ctx context.Context) (session.Session, error) {
	defer g.tell()
	return g.Service.Refresh(ctx)
}

func (g gatekeeper) SignOut(ctx context.Context) []session.Step {
	defer g.tell()
	return g.Service.SignOut(ctx, true)
}

func (g gatekeeper) Events(ctx context.Context) <-chan session.Event {
	if !g.quiet && g.changed != nil {
		return watchedEvents(ctx, g.Service.Events(ctx), g.changed)
	}
	if !g.quiet {
		return g.Service.Events(ctx)
	}
	none := make(chan session.Event)
	close(none)
	return none
}
