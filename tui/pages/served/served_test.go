package served_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"
	"go.uber.org/goleak"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/page"
	"github.com/authtabs/tabgate/tui/page/pagetest"
	"github.com/authtabs/tabgate/tui/pages/served"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// content is a page of one word, which knows what it was told.
type content struct {
	word string
	ctx  context.Context
	told []tea.Msg
}

func (c *content) Init() tea.Cmd { return nil }
func (c *content) Update(msg tea.Msg) tea.Cmd {
	c.told = append(c.told, msg)
	return nil
}
func (c *content) SetSize(int, int)    {}
func (c *content) Keys() []key.Binding { return nil }
func (c *content) Capturing() bool     { return false }
func (c *content) Draw(g *cell.Grid) bool {
	if !g.Redraw(c, true) {
		return false
	}
	g.Text(0, 0, c.word, cell.RGB{}, 0)
	return true
}

// sender sends contents and errors, one after another; the last again and again.
type sender struct {
	t     *testing.T
	page  *served.Page
	says  []any // a word or an error
	made  []*content
	asked int
}

func newSender(t *testing.T, says ...any) *sender {
	s := &sender{t: t, says: says}
	s.page = served.New(pagetest.Env(t), served.Options{ID: "secret", Load: s.load})
	s.page.SetSize(80, 10)
	s.tell(page.Session{Session: session.Session{Sub: "1", Groups: []string{"A"}}})
	s.run(s.page.Init())
	return s
}

func (s *sender) load(context.Context) (served.Content, error) {
	say := s.says[min(s.asked, len(s.says)-1)]
	s.asked++
	if err, ok := say.(error); ok {
		return served.Content{}, err
	}
	word := say.(string)
	return served.Content{Version: word, New: func(env page.Env) page.Page {
		c := &content{word: word, ctx: env.Ctx}
		s.made = append(s.made, c)
		return c
	}}, nil
}

func (s *sender) run(cmd tea.Cmd) (msgs []tea.Msg) {
	if cmd == nil {
		return nil
	}
	switch msg := cmd().(type) {
	case nil:
	case tea.BatchMsg:
		for _, c := range msg {
			msgs = append(msgs, s.run(c)...)
		}
	default:
		msgs = append(append(msgs, msg), s.run(s.page.Update(msg))...)
	}
	return msgs
}

func (s *sender) tell(msg tea.Msg) []tea.Msg { return s.run(s.page.Update(msg)) }

func (s *sender) text() string {
	g := cell.NewGrid(80, 10)
	s.page.Draw(g)
	return g.String()
}

func TestPage(t *testing.T) {
	t.Run("it says that it waits, and becomes what was sent", func(t *testing.T) {
		s := newSender(t, "figures")
		if !strings.Contains(s.text(), "figures") || len(s.made) != 1 {
			t.Errorf("%q", s.text())
		}
		if _, ok := s.made[0].told[0].(page.Session); !ok {
			t.Errorf("%v", s.made[0].told)
		}
		fresh := served.New(pagetest.Env(t), served.Options{Load: s.load})
		fresh.SetSize(80, 10)
		g := cell.NewGrid(80, 10)
		if fresh.Draw(g); !strings.Contains(g.String(), "Asking for the page") {
			t.Errorf("%q", g.String())
		}
	})
	t.Run("G-22 a group that is lost closes it, and lets go of it", func(t *testing.T) {
		s := newSender(t, "figures", &served.Locked{Needs: []string{"Underwriters"}})
		s.tell(served.Again{ID: "secret"})
		text := s.text()
		if s.made[0].ctx.Err() == nil || strings.Contains(text, "figures") || !strings.Contains(text, "You do not have access. Please contact the administrator.") || !strings.Contains(text, "Underwriters") {
			t.Errorf("%q, %v", text, s.made[0].ctx.Err())
		}
	})
	t.Run("another page's loss is none of its", func(t *testing.T) {
		s := newSender(t, "figures", &served.Locked{})
		if s.tell(served.Again{ID: "other"}); s.asked != 1 {
			t.Errorf("asked %d times", s.asked)
		}
	})
	t.Run("where the server takes the session for none, the sign-in box opens", func(t *testing.T) {
		s := newSender(t, "figures", &served.Locked{SignIn: true})
		s.tell(page.Shown{})
		msgs := s.tell(served.Again{})
		if _, ok := msgs[len(msgs)-1].(page.SignIn); !ok || !strings.Contains(s.text(), "Please login!") {
			t.Errorf("%v, %q", msgs, s.text())
		}
	})
	t.Run("trouble leaves what is shown, and is told", func(t *testing.T) {
		s := newSender(t, "figures", errors.New("resting"))
		cmd, ok := s.page.Replace(served.New(pagetest.Env(t), served.Options{ID: "secret", Load: s.load}))
		msgs := s.run(cmd)
		if _, failed := msgs[len(msgs)-1].(page.Failed); !ok || !failed || !strings.Contains(s.text(), "figures") {
			t.Errorf("%v, %v, %q", ok, msgs, s.text())
		}
	})
	t.Run("the same version stays as it is, another takes its place", func(t *testing.T) {
		s := newSender(t, "figures", "figures", "others")
		for _, want := range []int{1, 2} {
			cmd, _ := s.page.Replace(served.New(pagetest.Env(t), served.Options{ID: "secret", Load: s.load}))
			if s.run(cmd); len(s.made) != want {
				t.Errorf("made %d times, not %d", len(s.made), want)
			}
		}
		if !strings.Contains(s.text(), "others") || s.made[0].ctx.Err() == nil {
			t.Errorf("%q", s.text())
		}
	})
	t.Run("r asks again after an error", func(t *testing.T) {
		s := newSender(t, errors.New("resting"), "figures")
		if !strings.Contains(s.text(), "resting") {
			t.Errorf("%q", s.text())
		}
		if s.tell(page.Key("r")); !strings.Contains(s.text(), "figures") {
			t.Errorf("%q", s.text())
		}
	})
	t.Run("what an error says is cleaned", func(t *testing.T) {
		s := newSender(t, errors.New("a\x1b[2Jb"))
		if strings.ContainsAny(s.text(), "\x1b") {
			t.Errorf("%q", s.text())
		}
	})
}
