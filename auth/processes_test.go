package auth

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/authtabs/tabgate/auth/cognito"
	"github.com/authtabs/tabgate/auth/localpool"
	"github.com/authtabs/tabgate/auth/store"
)

const childTask = "TABGATE_TEST_CHILD"

// task is what a child process is told to do, as JSON in its environment.
type task struct {
	Do, Domain, Client, Issuer, State, Tokens string
	Ring                                      bool // Tokens is a keyring's, else the file store's
	Redirects                                 []string
	Ahead                                     time.Duration
}

// TestMain lets this test binary be another tabgate.
func TestMain(m *testing.M) {
	if text := os.Getenv(childTask); text != "" {
		if err := child(text); err != nil {
			fmt.Println("failed:", err)
			os.Exit(1)
		}
		return
	}
	goleak.VerifyTestMain(quiet{m})
}

// quiet runs the tests and closes the connections that the standard library's
// client keeps for later, which are no leak.
type quiet struct{ *testing.M }

func (q quiet) Run() int {
	code := q.M.Run()
	http.DefaultClient.CloseIdleConnections()
	return code
}

func child(text string) error {
	var todo task
	if err := json.Unmarshal([]byte(text), &todo); err != nil {
		return err
	}
	domain, err := url.Parse(todo.Domain)
	if err != nil {
		return err
	}
	tokens, err := storeIn(todo.Tokens, todo.Ring)
	if err != nil {
		return err
	}
	s, err := New(Options{
		Cognito: cognito.Config{Domain: domain, ClientID: todo.Client, Issuer: todo.Issuer}, RedirectURIs: todo.Redirects,
		Store: tokens, StateDir: todo.State, Now: func() time.Time { return time.Now().Add(todo.Ahead) },
	})
	if err != nil {
		return err
	}
	defer s.Close()
	fmt.Println("ready")
	if _, err := bufio.NewReader(os.Stdin).ReadString('\n'); err != nil {
		return err
	}
	return works[todo.Do](s)
}

// works are what children do.
var works = map[string]func(*Service) error{
	"token": func(s *Service) error {
		access, err := s.Token(context.Background(), "access")
		if err == nil {
			fmt.Printf("%x\n", sha256.Sum256([]byte(access.Reveal())))
		}
		return err
	},
	"sign out": func(s *Service) error { s.SignOut(context.Background(), false); return nil },
	"refresh for ever": forEver(func(s *Service) error {
		_, err := s.Refresh(context.Background())
		return err
	}),
	"sign in for ever": forEver(signInHere),
	"sign in and out for ever": forEver(func(s *Service) error {
		if err := signInHere(s); err != nil {
			return err
		}
		s.SignOut(context.Background(), false)
		return nil
	}),
}

func forEver(do func(*Service) error) func(*Service) error {
	return func(s *Service) error {
		for {
			if err := do(s); err != nil {
				return err
			}
			fmt.Println("once more")
		}
	}
}

// signInHere has both the app and the person in one process.
func signInHere(s *Service) error {
	a, err := s.Begin(context.Background())
	if err != nil {
		return err
	}
	go func() {
		if _, err := localpool.NewPerson("analyst@example.com", localpool.DemoPassword).SignIn(context.Background(), a.URL()); err != nil {
			a.Cancel()
		}
	}()
	_, err = a.Wait(context.Background())
	return err
}

// other is a child process that waits to be let go.
type other struct {
	cmd *exec.Cmd
	in  io.WriteCloser
	out *bufio.Reader
}

func (w *world) start(do string) *other {
	w.t.Helper()
	return w.startOn(do, false)
}

func (w *world) startOn(do string, ring bool) *other {
	w.t.Helper()
	data, _ := json.Marshal(task{
		do, w.pool.Domain(), w.pool.ClientID(), w.pool.Issuer(), w.state, w.tokens(), ring, w.redirect, time.Duration(w.clock.ahead.Load()),
	})
	o := &other{cmd: exec.Command(os.Args[0])}
	o.cmd.Env, o.cmd.Stderr = append(os.Environ(), childTask+"="+string(data)), os.Stderr
	var err error
	if o.in, err = o.cmd.StdinPipe(); err != nil {
		w.t.Fatal(err)
	}
	out, err := o.cmd.StdoutPipe()
	if err != nil {
		w.t.Fatal(err)
	}
	o.out = bufio.NewReader(out)
	must(w.t, o.cmd.Start())
	w.t.Cleanup(func() { o.kill() })
	if line := o.line(w.t); line != "ready" {
		w.t.Fatalf("the other process says %q", line)
	}
	return o
}

func (o *other) line(t testing.TB) string {
	t.Helper()
	line, err := o.out.ReadString('\n')
	if err != nil {
		t.Fatalf("the other process says %q, %v", line, err)
	}
	return strings.TrimSpace(line)
}

func (o *other) letGo() { fmt.Fprintln(o.in) }

func (o *other) kill() { _ = o.cmd.Process.Kill(); _ = o.cmd.Wait() }

func (w *world) tokens() string { return filepath.Join(filepath.Dir(w.state), "tokens") }

// inFiles lets a process of this world keep its tokens where children find
// them.
func (w *world) inFiles(o *Options) {
	files, err := store.File(w.tokens())
	must(w.t, err)
	o.Store = files
}

func TestR1TwentyProcessesWithoutAGracePeriodMakeOneRefresh(t *testing.T) {
	w := newWorld(t, localpool.Options{Rotation: true, Grace: 0})
	s := w.process(w.inFiles)
	w.signIn(s, "analyst@example.com")
	w.clock.forward(2 * time.Hour)
	others := make([]*other, 20)
	for i := range others {
		others[i] = w.start("token")
	}
	for _, o := range others {
		o.letGo()
	}
	tokens := map[string]int{}
	for _, o := range others {
		tokens[o.line(t)]++
	}
	if len(tokens) != 1 || w.refreshes() != 1 {
		t.Errorf("%d refreshes gave %d different access tokens", w.refreshes(), len(tokens))
	}
	if got, err := s.Refresh(t.Context()); err != nil || !got.SignedIn() {
		t.Errorf("and this process afterwards: %+v, %v", got, err)
	}
}

func TestR6ASignOutInAnotherProcessLocksThisOne(t *testing.T) {
	w := newWorld(t, localpool.Options{})
	s, m := w.process(w.inFiles), newManualAlarm()
	s.alarm = m.alarm
	w.signIn(s, "analyst@example.com")
	events := s.Events(t.Context())
	m.wait(t)
	w.start("sign out").letGo()
	if e := next(t, events); e.Session.SignedIn() || !strings.Contains(e.Text, "another tabgate") {
		t.Errorf("got %+v", e)
	}
}
