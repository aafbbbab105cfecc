package main

import (
	"cmp"
	"context"
	"errors"
	"reflect"
	"sync"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/cmd/tabgate/config"
	"github.com/authtabs/tabgate/data/dashboard"
	"github.com/authtabs/tabgate/data/gate/client"
	"github.com/authtabs/tabgate/tui"
	"github.com/authtabs/tabgate/tui/page"
	"github.com/authtabs/tabgate/tui/pages/board"
	"github.com/authtabs/tabgate/tui/pages/home"
	"github.com/authtabs/tabgate/tui/pages/served"
)

// askAgain is how often a server is asked whether its pages are others now. It
// answers with a few bytes where they are not.
const askAgain = time.Minute

// chartTime is the longest that a chart of a server may take to be computed.
const chartTime = 5 * time.Second

// serverPages are the pages of a server as the app shows them.
type serverPages struct {
	*wiring
	cfg     config.Config
	gate    *client.Client
	listing client.Listing
	shared  *board.Inputs
	changed chan struct{} // has one when the pages may be others
	opening opening
	begun   bool // what the command line chooses was chosen
	away    bool // the server gave no answer when it was asked last

	mu      sync.Mutex
	refused map[string]bool // ids of pages whose figures were refused
}

// fromServer asks a server for its pages.
func (c *wiring) fromServer(ctx context.Context, cfg config.Config, gate *client.Client) (*serverPages, error) {
	l, err := gate.Dashboard(ctx)
	if err != nil {
		return nil, err
	}
	s := &serverPages{wiring: c, cfg: cfg, gate: gate, listing: l, shared: board.NewInputs(), changed: make(chan struct{}, 1), refused: map[string]bool{}}
	gate.OnRefused(s.refuse)
	return s, nil
}

// desk is the pages as they are listed now.
func (s *serverPages) desk() *desk {
	title := serverTitle(s.listing, s.gate.Offer())
	listed := append(dashboard.Pages{{ID: "home", Title: "Home", Personal: true, Shows: "Home"}}, s.listing.Pages...)
	return &desk{listed: listed, title: title, text: []byte(s.listing.Home), remote: s.page}
}

// page makes the code of one page: it asks for its content when it is opened.
func (s *serverPages) page(p dashboard.Page) func(page.Env) page.Page {
	ids, pages := s.listing.Pages.IDs(), s.listing.Pages
	return func(env page.Env) page.Page {
		return served.New(env, served.Options{ID: p.ID, Load: func(ctx context.Context) (served.Content, error) {
			got, err := s.gate.Page(ctx, p, ids)
			if err != nil {
				return served.Content{}, asLock(err)
			}
			if err := s.choose(got.Page, board.NewInputs()); err != nil {
				return served.Content{}, err
			}
			return served.Content{Version: got.Version, New: func(env page.Env) page.Page {
				if !s.begun && s.choose(got.Page, s.shared) == nil {
					s.begun = p.ID == s.opening.page
				}
				return board.New(env, got.Page, s.board(got, pages))
			}}, nil
		}})
	}
}

// choose chooses in the inputs of the page that the command line names what it
// says.
func (s *serverPages) choose(p dashboard.Page, chosen *board.Inputs) error {
	if p.ID != s.opening.page {
		return nil
	}
	return setInputs(p, s.opening.set, chosen)
}

// board shows a page of the server: its sources are the frames that the server
// sends, and no file is read for it.
func (s *serverPages) board(p *client.Page, pages dashboard.Pages) board.Options {
	return board.Options{
		Shared: s.shared, Pages: pages, Line: []string{"tabgate", s.gate.Offer().Server}, ChartTime: chartTime,
		Open: func(src dashboard.Source, inputs map[string][]string) board.Feed {
			return p.Open(context.Background(), src, inputs)
		},
	}
}

// asLock makes a refusal of the server the lock of its page.
func asLock(err error) error {
	var r *client.Refusal
	switch {
	case errors.As(err, &r) && r.WantsSignIn():
		return &served.Locked{SignIn: true, Needs: r.Needs}
	case errors.As(err, &r) && r.WantsGroup():
		return &served.Locked{Needs: r.Needs}
	}
	return err
}

// refuse remembers that figures of a page were refused.
func (s *serverPages) refuse(id string) {
	s.mu.Lock()
	s.refused[id] = true
	s.mu.Unlock()
	s.wake()
}

// change tells that the session is another, and so the pages may be.
func (s *serverPages) change() {
	s.gate.Forget()
	s.wake()
}

func (s *serverPages) wake() {
	select {
	case s.changed <- struct{}{}:
	default:
	}
}

// messages makes the messages that follow from what the server says now: pages
// whose figures were refused close, and the tabs are those that it lists.
func (s *serverPages) messages(ctx context.Context) (msgs []tea.Msg) {
	s.mu.Lock()
	for id := range s.refused {
		msgs = append(msgs, served.Again{ID: id})
	}
	clear(s.refused)
	s.mu.Unlock()
	return append(msgs, s.reload(ctx)...)
}

// reload asks for the list of pages again. Trouble is told once, and leaves what
// is on screen.
func (s *serverPages) reload(ctx context.Context) []tea.Msg {
	l, err := s.gate.Dashboard(ctx)
	switch {
	case ctx.Err() != nil:
		return nil
	case err != nil && s.away:
		return nil
	case err != nil:
		s.away = true
		return []tea.Msg{page.Failed{Err: err}}
	}
	back := s.away
	s.away = false
	if !back && reflect.DeepEqual(l, s.listing) {
		return nil
	}
	s.listing = l
	next := *s.wiring
	next.desk = s.desk()
	return []tea.Msg{tui.Reload{Pages: next.entries(ctx, s.cfg, home.Options{})}}
}

// showPages runs do with the pages of a server in the place of the demo's.
func (a *app) showPages(ctx context.Context, cfg config.Config, gate *client.Client, do func() error) error {
	s, err := a.fromServer(ctx, cfg, gate)
	if err != nil {
		return err
	}
	if s.opening = a.opening; s.opening.given() != "" {
		if _, err := s.opening.find(s.desk().listed); err != nil {
			return err
		}
		a.start = s.opening.page
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	a.desk = s.desk()
	a.from, a.changed = messages(ctx, ticking(ctx, s.changed, askAgain), s.messages), s.change
	return do()
}

// serverTitle is what a server's dashboard is called.
func serverTitle(l client.Listing, o client.Offer) string {
	return cmp.Or(l.Title, session.Clean(o.Name, 100), o.Server)
}
