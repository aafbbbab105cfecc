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
	"github.com/authtabs/tabgate/auth/cognito"
	"github.com/authtabs/tabgate/auth/localpool"
	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/auth/store"
	"github.com/authtabs/tabgate/data/demo"
	"github.com/authtabs/tabgate/data/source"
	"github.com/authtabs/tabgate/tui"
	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/page"
	"github.com/authtabs/tabgate/tui/pages/board"
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
	film    []cell.Frame
}

// newTheater makes the app that `tabgate demo` runs, on the player's clock.
func newTheater(ctx context.Context, width, height int) (t *theater, err error) {
	t = &theater{player: &player{
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
	number := uint64(seed)
	app := tui.New(t.env(ctx), tui.Options{
		Auth: gatekeeper{t.service, localpool.NewPlayers(t.pool, localpool.DemoPeople()), t.player}, LocalPool: true,
		Pages: tui.Pages(tui.Sources{Seed: &number, Draw: boards(ctx, t.Now)}),
	})
	t.app, t.draw = app, app.Draw
	return t, t.start(ctx)
}

// boards draws the pages that are made of figures without waiting for newer ones.
func boards(ctx context.Context, now func() time.Time) map[string]func(page.Env) page.Page {
	o := board.Options{Store: source.NewStore(ctx, source.Options{FS: demo.Files(), Offline: true, Now: now}), Load: demo.Load}
	out := map[string]func(page.Env) page.Page{}
	for _, id := range []string{"mapping", "dataframe"} {
		p, _ := demo.Pages().Find(id)
		out[id] = func(env page.Env) page.Page {
			env.Still = true
			return board.New(env, demo.Whole(p), o)
		}
	}
	return out
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

// gatekeeper is the sign-in as the demo has it: the box offers the pool's
// people, and whoever is chosen goes through its log-in page.
type gatekeeper struct {
	*auth.Service
	players *localpool.Players
	player  *player
}

func (g gatekeeper) Begin(ctx context.Context) (signin.Attempt, error) {
	a, err := g.Service.Begin(ctx)
	if err != nil {
		return nil, err
	}
	return attempt{a, g.player}, nil
}

// People lists who can be chosen.
func (g gatekeeper) People() (people []signin.Person) {
	for _, p := range g.players.People() {
		people = append(people, signin.Person{Name: p.Email, Groups: p.Groups})
	}
	return people
}

// Play signs one of them in.
func (g gatekeeper) Play(ctx context.Context, name, url string) error {
	return g.players.SignIn(ctx, name, url)
}

func (g gatekeeper) SignOut(ctx context.Context) []session.Step { return g.Service.SignOut(ctx, true) }

// Events has none: nothing happens that nobody asked for.
func (g gatekeeper) Events(context.Context) <-chan session.Event {
	none := make(chan session.Event)
	close(none)
	return none
}

// attempt is a sign-in that tells the player when it waits for a person.
type attempt struct {
	*auth.Attempt
	player *player
}

// Hints has none, for which nobody would wait.
func (attempt) Hints() <-chan string {
	none := make(chan string)
	close(none)
	return none
}

// Wait waits for the person.
func (a attempt) Wait(ctx context.Context) (session.Session, error) {
	a.player.tell(ctx, waits(+1))
	defer a.player.tell(ctx, waits(-1))
	return a.Attempt.Wait(ctx)
}
