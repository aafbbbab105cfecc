package main

import (
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"

	"github.com/authtabs/tabgate/cmd/tabgate/config"
	"github.com/authtabs/tabgate/tui"
)

// screenOf is the app of a place without a terminal: what it shows, and the
// answer to a key that asks something.
type screenOf struct {
	t     *testing.T
	c     *app
	root  *tui.Root
	later time.Duration // than the clock: a box that opens by itself takes no key for a moment
}

func (p *place) app(t *testing.T) *screenOf {
	t.Helper()
	s := &screenOf{t: t}
	w := world{
		env: func(key string) (string, bool) { v, ok := p.env[key]; return v, ok }, dir: p.home,
		now: func() time.Time { return time.Now().Add(s.later) },
	}
	c := appIn(&w)
	t.Cleanup(c.late.close)
	cfg, err := c.loadQuietly()
	if err != nil {
		t.Fatal(err)
	}
	if cfg.Configured() {
		t.Fatalf("it is configured already: %+v", cfg.Folder)
	}
	c.note = strings.Join(cfg.Notes, " ")
	s.c, s.root = c, c.model(t.Context(), cfg, nil)
	s.root.Init()
	s.root.Update(tea.WindowSizeMsg{Width: 120, Height: 40})
	return s
}

func (s *screenOf) shows() string {
	return strings.Join(strings.Fields(ansi.Strip(s.root.View())), " ")
}

// press presses a key and brings the answer of the command that it starts.
func (s *screenOf) press(key rune) {
	s.t.Helper()
	s.later += 2 * time.Second
	_, cmd := s.root.Update(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune{key}})
	for cmd != nil {
		msg := cmd()
		cmd = nil
		switch msg := msg.(type) {
		case tea.BatchMsg:
			if len(msg) != 1 {
				s.t.Fatalf("%d commands", len(msg))
			}
			cmd = msg[0]
		default:
			s.root.Update(msg) // what follows needs no answer here
		}
	}
}

func TestW4TheAppAsksAndSignsInWithoutARestart(t *testing.T) {
	p := newPlace(t)
	pool := p.onPool()
	p.inDotenv("")
	s := p.app(t)
	host := strings.TrimPrefix(pool.Domain(), "http://")
	for _, want := range []string{"Sign in by this folder's settings?", host, pool.ClientID(), "Use them", "Leave them out"} {
		if !strings.Contains(s.shows(), want) {
			t.Errorf("the question does not show %q: %s", want, s.shows())
		}
	}
	if strings.Contains(s.shows(), "Nobody is signed in") || strings.Contains(s.shows(), "local pool") {
		t.Errorf("the pool counts before the yes: %s", s.shows())
	}
	s.press('y')
	if !strings.Contains(s.shows(), "Nobody is signed in") || !strings.Contains(s.shows(), "local pool") {
		t.Errorf("the pool does not count after the yes: %s", s.shows())
	}
	if out := p.signIn(pool, "underwriter@example.com"); out.code != 0 {
		t.Fatal(out.err)
	}
	if frame := p.firstFrame(t); !strings.Contains(frame, "underwriter@example.com") {
		t.Errorf("the next start asks again:\n%s", frame)
	}
}

func TestW4ANoInTheAppLeavesTheFolderOut(t *testing.T) {
	p := newPlace(t)
	p.onPool()
	p.inDotenv("")
	s := p.app(t)
	s.press('n')
	if text := s.shows(); strings.Contains(text, "Nobody is signed in") || !strings.Contains(text, "CLIENT_ID from ./.env is left out") {
		t.Errorf("%s", text)
	}
	s.press('2')
	if !strings.Contains(s.shows(), "is not used, since") {
		t.Errorf("the locked page says: %s", s.shows())
	}
	s = p.app(t)
	if strings.Contains(s.shows(), "Sign in by this folder's settings?") {
		t.Errorf("asked again: %s", s.shows())
	}
	s.press('2')
	if !strings.Contains(s.shows(), "CLIENT_ID from ./.env is not used, since") {
		t.Errorf("the locked page does not say why: %s", s.shows())
	}
	if out := p.run("trust", "--yes"); out.code != 0 {
		t.Fatal(out.err)
	}
	if frame := p.firstFrame(t); !strings.Contains(frame, "Nobody is signed in") {
		t.Errorf("trust --yes does not count:\n%s", frame)
	}
}

// What was shown is what counts: not what the file holds when the answer comes.
func TestW4AFileThatChangesUnderTheQuestionIsAskedAboutAgain(t *testing.T) {
	p := newPlace(t)
	p.onPool()
	p.inDotenv("")
	s := p.app(t)
	p.write(".env", "COGNITO_DOMAIN=https://relay.example.com\nCLIENT_ID=web\n")
	s.press('y')
	if text := s.shows(); !strings.Contains(text, "relay.example.com (app client web)") || strings.Contains(text, "Nobody is signed in") {
		t.Errorf("%s", text)
	}
	cfg, err := s.c.loadQuietly()
	if err != nil || cfg.Folder.State != config.Waiting {
		t.Errorf("%v, %s", err, cfg.Folder.State)
	}
}
