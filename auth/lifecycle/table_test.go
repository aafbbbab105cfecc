package lifecycle_test

import (
	"errors"
	"fmt"
	"os"
	"reflect"
	"strings"
	"testing"
	"time"

	. "github.com/authtabs/tabgate/auth/lifecycle"
	"github.com/authtabs/tabgate/auth/secret"
	"github.com/authtabs/tabgate/auth/store"
	"github.com/authtabs/tabgate/auth/token"
)

var noon = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

// tokens is the set of a generation, of one person, with tokens of an hour that
// end after left.
func tokens(generation uint64, left time.Duration) Session {
	return New(
		store.Saved{ID: secret.New("id"), Access: secret.New("access"), Refresh: secret.New("refresh"), Generation: generation},
		token.Claims{Subject: "ada", IssuedAt: noon.Add(left - time.Hour), Expiry: noon.Add(left), AccessExpiry: noon.Add(left)},
		0)
}

func unrefreshable(s Session) Session {
	s.Saved.Refresh = secret.Text{}
	return s
}

func of(person string, s Session) Session {
	s.Claims.Subject = person
	return s
}

// after is the state that inputs lead to.
func after(s State, inputs ...Input) State {
	for _, in := range inputs {
		s, _ = Step(s, in)
	}
	return s
}

var (
	errDown = errors.New("the network is down")
	failed  = RefreshEnded{Now: noon, Result: Failed, Err: errDown}
)

type namedState struct {
	name string
	State
}

// states are all that differ in what follows.
func states() []namedState {
	return []namedState{
		{"nobody", State{}},
		{"signed out", after(State{Current: tokens(5, time.Hour)}, Refused{Generation: 5})},
		{"keys missing", after(State{}, KeysMissing{})},
		{"keys missing, tried", after(State{}, KeysMissing{}, failed)},
		{"signed in", State{Current: tokens(5, time.Hour)}},
		{"due", State{Current: tokens(5, 59*time.Second)}},
		{"due, tried", after(State{Current: tokens(5, 59*time.Second)}, failed)},
		{"ended, tried", after(State{Current: tokens(5, -time.Second)}, failed)},
		{"ended, tried, announced", after(State{Current: tokens(5, -time.Second)}, failed, Tick{Now: noon})},
		{"in memory", State{Current: tokens(5, time.Hour).InMemory("no keyring.")}},
		{"no refresh token", State{Current: unrefreshable(tokens(5, time.Hour))}},
		{"over", State{Current: unrefreshable(tokens(5, -time.Second))}},
	}
}

type namedInput struct {
	name string
	Input
}

func inputs() []namedInput {
	younger, same, older := tokens(7, 2*time.Hour), tokens(5, 2*time.Hour), tokens(4, 2*time.Hour)
	unnumbered := tokens(0, 2*time.Hour)
	stored, quiet := tokens(5, time.Hour).Saved, store.Mark{Generation: 5}
	return []namedInput{
		{"signed in", SignedIn{Session: unnumbered, Mark: quiet, Stored: stored, Persist: true}},
		{"signed in, the mark cannot be read", SignedIn{Session: unnumbered, Stored: stored, Unmarked: true, Persist: true}},
		{"signed in, no store works", SignedIn{Session: unnumbered.InMemory("no keyring."), Mark: quiet}},
		{"stored", Stored{Session: younger, Mark: quiet}},
		{"stored, after a younger one", Stored{Session: older, Mark: quiet}},
		{"not stored", Stored{Session: younger.InMemory("no keyring."), Err: errDown, Mark: quiet}},
		{"stored while another process signed out", Stored{Session: younger, Mark: store.Mark{Generation: 5, Ended: 8}}},
		{"restored", Restored{Session: younger}},
		{"restored, the same set", Restored{Session: same}},
		{"restored, an older set", Restored{Session: older}},
		{"keys missing", KeysMissing{}},
		{"listening", Listening{Mark: quiet}},
		{"mark read, nothing new", MarkRead{Mark: quiet}},
		{"mark read, a younger set", MarkRead{Mark: store.Mark{Generation: 7}}},
		{"mark read, signed out elsewhere", MarkRead{Mark: store.Mark{Generation: 5, Ended: 6}}},
		{"mark read, signed out and in elsewhere", MarkRead{Mark: store.Mark{Generation: 7, Ended: 6}}},
		{"found, the same person", Found{Session: younger}},
		{"found, somebody else", Found{Session: of("bob", younger)}},
		{"found, an older set", Found{Session: older}},
		{"tick", Tick{Now: noon}},
		{"tick, a minute later", Tick{Now: noon.Add(time.Minute)}},
		{"tick, after a sleep", Tick{Now: noon.Add(3 * time.Hour)}},
		{"tick, the clock was set back", Tick{Now: noon.Add(-2 * time.Hour)}},
		{"missing", Missing{}},
		{"forged", Forged{Generation: 6}},
		{"refused", Refused{Generation: 5}},
		{"refreshed", Refreshed{Before: tokens(5, 0), Session: unnumbered, Mark: quiet, Shared: true}},
		{"refreshed, no lock to be had", Refreshed{Before: tokens(5, 0), Session: unnumbered, Mark: quiet}},
		{"refreshed while another process signed out", Refreshed{Before: tokens(5, 0), Session: unnumbered, Mark: store.Mark{Generation: 5, Ended: 6}, Shared: true}},
		{"refresh ended, renewed", RefreshEnded{Now: noon, Result: Renewed}},
		{"refresh ended, restored", RefreshEnded{Now: noon, Result: Renewed, Restored: true}},
		{"refresh ended, in memory only", RefreshEnded{Now: noon, Result: MemoryOnly, Reason: "no keyring", Err: errDown}},
		{"refresh ended, for good", RefreshEnded{Now: noon, Result: Ended, Reason: "refused", Err: errDown}},
		{"refresh ended, failed", failed},
		{"refresh ended, throttled", RefreshEnded{Now: noon, Result: Failed, Err: errDown, RetryAfter: 2 * time.Minute}},
		{"signed out", SignedOut{Mark: quiet, Stored: stored}},
		{"signed out, the store cannot be read", SignedOut{Mark: quiet, Unloaded: true}},
	}
}

// TestStep compares the whole decision table with testdata/decisions.txt: each
// input in each state, states with the same result on one line. Where a rule
// changes, its lines there are changed by hand.
func TestStep(t *testing.T) {
	data, err := os.ReadFile("testdata/decisions.txt")
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{}
	for section := range strings.SplitSeq(strings.TrimSpace(string(data)), "\n\n") {
		name, rows, _ := strings.Cut(section, "\n")
		want[name] = rows
	}
	for _, in := range inputs() {
		t.Run(in.name, func(t *testing.T) {
			if got := decisions(in.Input); got != want[in.name] {
				t.Errorf("decided\n%s\nwant\n%s", got, want[in.name])
			}
		})
		delete(want, in.name)
	}
	for name := range want {
		t.Errorf("the table has %q, which is no input", name)
	}
}

// decisions are the results of an input, each with the states that lead to it.
func decisions(in Input) string {
	var results []string
	from := map[string][]string{}
	for _, s := range states() {
		next, effects := Step(s.State, in)
		result := strings.TrimSuffix(change(s.State, next)+"; "+list(effects), "; ")
		if from[result] == nil {
			results = append(results, result)
		}
		from[result] = append(from[result], s.name)
	}
	for i, result := range results {
		names := strings.Join(from[result], " | ")
		if len(results) == 1 {
			names = "any state"
		}
		results[i] = "    " + names + "\n        " + result
	}
	return strings.Join(results, "\n")
}

// change says how a state became another. What is not to be seen from outside
// shows in what follows at noon.
func change(before, after State) string {
	_, followed := Step(before, Tick{Now: noon})
	_, follows := Step(after, Tick{Now: noon})
	switch same := describe(before) == describe(after); {
	case same && list(followed) == list(follows):
		return "as before"
	case same:
		return "as before, then " + list(follows)
	}
	return describe(after)
}

func describe(s State) string {
	c := s.Current
	text := "nobody"
	if c.SignedIn() {
		text = fmt.Sprintf("%s %d", c.Claims.Subject, c.Saved.Generation)
		if !c.Persisted {
			text += ", in memory"
		}
	}
	if s.KeysMissing {
		text += ", keys missing"
	}
	if last := s.NextGeneration(store.Mark{}, store.Saved{}) - 1; last > c.Saved.Generation {
		text += fmt.Sprintf(", ended %d", last)
	}
	return text
}

func list(effects []Effect) string {
	texts := []string{}
	for _, e := range effects {
		text := strings.TrimPrefix(reflect.TypeOf(e).String(), "lifecycle.")
		switch e := e.(type) {
		case Save:
			text += fmt.Sprint(" ", e.Session.Saved.Generation)
		case Announce:
			text += fmt.Sprint(" ", e.Generation)
		case MarkEnded:
			text += fmt.Sprint(" ", e.Generation)
		case Revoke:
			text += fmt.Sprint(" ", e.Saved.Generation)
		case WakeAt:
			text += " never"
			if !e.At.IsZero() {
				text = fmt.Sprint("WakeAt ", e.At.Format("15:04:05"))
			}
		case Tell:
			text = strings.TrimSpace(fmt.Sprintf("Tell %q", e.Text))
			if e.Err != nil {
				text += " with the error"
			}
		}
		texts = append(texts, text)
	}
	return strings.Join(texts, ", ")
}
