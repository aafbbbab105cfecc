package main

import (
	"context"
	"fmt"
	"io"
	"net/url"
	"os"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/lipgloss"
	"github.com/muesli/termenv"

	"github.com/authtabs/tabgate/auth"
	"github.com/authtabs/tabgate/auth/browser"
	"github.com/authtabs/tabgate/auth/cognito"
	"github.com/authtabs/tabgate/auth/localpool"
	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/auth/store"
	"github.com/authtabs/tabgate/data"
	"github.com/authtabs/tabgate/tui"
	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/page"
	"github.com/authtabs/tabgate/tui/pages/plotting"
	"github.com/authtabs/tabgate/tui/signin"
	"github.com/authtabs/tabgate/tui/theme"
)

// noon is when every picture is taken.
var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

// seed is the walk's.
const seed = 42

// theater is the real app on a pool of its own, and a player for it.
type theater struct {
	*player
	pool    *localpool.Pool
	service *auth.Service
	dir     string
	browser chan string // the address that the browser was sent to
	film    []cell.Frame
}

// newTheater makes the app that `tabgate demo` runs, on the player's clock.
func newTheater(ctx context.Context, width, height int) (t *theater, err error) {
	t = &theater{browser: make(chan string, 1), player: &player{
		clock: clock{now: noon}, size: tea.WindowSizeMsg{Width: width, Height: height}, answers: make(chan tea.Msg),
	}}
	if t.dir, err = os.MkdirTemp("", "tabgate-pictures-"); err != nil {
		return nil, err
	}
	if t.pool, err = localpool.New(localpool.Options{Now: t.Now, RedirectURIs: redirects()}); err != nil {
		return nil, err
	}
	t.pool.Start()
	if t.service, err = t.gate(); err != nil {
		return nil, err
	}
	figures := data.NewSource(data.Options{Offline: true, Now: t.Now, CacheDir: t.dir})
	number := uint64(seed)
	app := tui.New(t.env(ctx), tui.Options{
		Auth: gatekeeper{t.service, t.player}, LocalPool: true, QR: qr,
		Pages: tui.Pages(tui.Sources{City: figures, Agriculture: figures, Plotting: plotting.Options{Seed: &number}}),
	})
	t.app, t.draw = app, app.Draw
	return t, t.start(ctx)
}

func (t *theater) close() {
	t.service.Close()
	t.pool.Close()
	os.RemoveAll(t.dir)
}

// redirects are as many as the demo's: other programs may have some ports.
func redirects() (list []string) {
	for port := 8501; port <= 8510; port++ {
		list = append(list, fmt.Sprintf("http://localhost:%d/", port))
	}
	return list
}

func (t *theater) gate() (*auth.Service, error) {
	domain, err := url.Parse(t.pool.Domain())
	if err != nil {
		return nil, err
	}
	return auth.New(auth.Options{
		Cognito: cognito.Config{
			Domain: domain, ClientID: t.pool.ClientID(), Issuer: t.pool.Issuer(), LogoutURI: t.pool.SignedOutURI(),
			Scopes: []string{"openid", "email"},
		},
		RedirectURIs: redirects(), Store: store.Memory(), StateDir: t.dir, Profile: "demo", LocalPool: true, Now: t.Now,
		Browser: func(_ context.Context, address string) error { t.browser <- address; return nil },
	})
}

// env is what the pages share: a dark terminal of true colours.
func (t *theater) env(ctx context.Context) page.Env {
	r := lipgloss.NewRenderer(io.Discard)
	r.SetColorProfile(termenv.TrueColor)
	r.SetHasDarkBackground(true)
	return page.Env{
		Ctx: ctx, Theme: theme.New(r, theme.Options{Dark: true, Glyphs: theme.Quadrant}), Now: t.Now, Tick: t.Tick,
		Save: func(name string, _ []byte) (string, error) { return name, nil },
	}
}

func qr(text string) []string {
	lines, err := browser.QR(text)
	if err != nil {
		return nil
	}
	return lines
}

// signIn signs somebody in at the page that the browser was sent to.
func (t *theater) signIn(ctx context.Context, email string) error {
	final, err := t.pool.Person(email, localpool.DemoPassword).SignIn(ctx, <-t.browser)
	if err != nil {
		return err
	}
	if final.Status >= 400 {
		return fmt.Errorf("the browser of %s ended with status %d", email, final.Status)
	}
	return t.arrived(ctx)
}

// gatekeeper is the sign-in as the root sees it.
type gatekeeper struct {
	*auth.Service
	player *player
}

func (g gatekeeper) Begin(ctx context.Context) (signin.Attempt, error) {
	a, err := g.Service.Begin(ctx)
	if err != nil {
		return nil, err
	}
	return attempt{a, g.player}, nil
}

func (g gatekeeper) BeginDevice(context.Context) (signin.Device, error) {
	return nil, fmt.Errorf("the pictures have no sign-in by code")
}

func (g gatekeeper) SignOut(ctx context.Context) []session.Step { return g.Service.SignOut(ctx, true) }

// Events has none: nothing happens that nobody asked for.
func (g gatekeeper) Events(context.Context) <-chan session.Event {
	none := make(chan session.Event)
	close(none)
	return none
}

// attempt is a sign-in whose addresses are the same in every picture.
type attempt struct {
	*auth.Attempt
	player *player
}

// URL is the address as it is shown: the pool's port and the state are others
// each time.
func (attempt) URL() string {
	return "http://localhost:9229/oauth2/authorize?client_id=" + localpool.DefaultClientID +
		"&redirect_uri=http%3A%2F%2Flocalhost%3A8501%2F&response_type=code&scope=openid+email&state=…"
}

// RedirectURI is the first of them, whichever was free.
func (attempt) RedirectURI() string { return redirects()[0] }

// Hints has none.
func (attempt) Hints() <-chan string {
	none := make(chan string)
	close(none)
	return none
}

// Wait tells the player that it waits for a person.
func (a attempt) Wait(ctx context.Context) (session.Session, error) {
	a.player.tell(ctx, waits(+1))
	defer a.player.tell(ctx, waits(-1))
	return a.Attempt.Wait(ctx)
}
