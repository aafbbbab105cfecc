package lifecycle_test

import (
	"os"
	"reflect"
	"regexp"
	"slices"
	"testing"
	"time"

	. "github.com/authtabs/tabgate/auth/lifecycle"
	"github.com/authtabs/tabgate/auth/store"
)

// all calls f with each state, each input and what follows from them.
func all(f func(name string, s State, in Input, next State, effects []Effect)) {
	for _, s := range states() {
		for _, in := range inputs() {
			next, effects := Step(s.State, in.Input)
			f(s.name+": "+in.name, s.State, in.Input, next, effects)
		}
	}
}

func TestR3NothingIsAnnouncedOrCurrentBeforeItIsStored(t *testing.T) {
	saves := 0
	all(func(name string, s State, _ Input, next State, effects []Effect) {
		for _, e := range effects {
			save, ok := e.(Save)
			if !ok {
				continue
			}
			saves++
			if !reflect.DeepEqual(s, next) || slices.ContainsFunc(effects, is[Announce]) {
				t.Errorf("%s: %s, %s", name, describe(next), list(effects))
			}
			stored, then := Step(next, Stored{Session: save.Session})
			if stored.Current.Saved.Generation != save.Session.Saved.Generation || !slices.ContainsFunc(then, is[Announce]) {
				t.Errorf("%s: once stored: %s, %s", name, describe(stored), list(then))
			}
		}
	})
	if saves == 0 {
		t.Error("nothing was stored")
	}
}

func is[E Effect](e Effect) bool {
	_, ok := e.(E)
	return ok
}

// Whatever comes after a sign-out, here or elsewhere, brings no set back that
// is not younger, and what was stored meanwhile is deleted and revoked.
func TestR6NothingBringsBackWhatWasSignedOut(t *testing.T) {
	ends := map[string]Input{
		"here":        SignedOut{Mark: store.Mark{Generation: 8}},
		"elsewhere":   MarkRead{Mark: store.Mark{Generation: 5, Ended: 9}},
		"by the pool": Refused{Generation: 9},
	}
	for name, end := range ends {
		t.Run(name, func(t *testing.T) {
			s, _ := Step(State{Current: tokens(5, time.Hour)}, end)
			for _, in := range inputs() {
				next, effects := Step(s, in.Input)
				if next.Current.SignedIn() && next.Current.Saved.Generation <= 9 {
					t.Errorf("%s: %s", in.name, describe(next))
				}
				if _, ok := in.Input.(Stored); ok && !(is[Delete](effects[0]) && is[Revoke](effects[1])) {
					t.Errorf("%s: %s", in.name, list(effects))
				}
			}
		})
	}
}

func TestT8OnlyARefusalAForgeryASignOutOrTheEndEndsASession(t *testing.T) {
	all(func(name string, s State, in Input, next State, effects []Effect) {
		if !s.Current.SignedIn() || next.Current.SignedIn() {
			return
		}
		switch in := in.(type) {
		case Refused, Forged, Missing, SignedOut:
		case Tick:
			if !s.Current.Over(in.Now) {
				t.Errorf("%s: ended by the clock", name)
			}
		default:
			if !slices.ContainsFunc(effects, is[SignedOutElsewhere]) {
				t.Errorf("%s: ended: %s", name, list(effects))
			}
		}
	})
}

func TestT8TroubleIsNotTriedAgainAtOnceNorAfterMoreThanFiveMinutes(t *testing.T) {
	for _, s := range states() {
		state := s.State
		if state.Current.SignedIn() && !state.Current.Refreshable() {
			continue
		}
		for try := range 10 {
			state, _ = Step(state, failed)
			early, later := noon.Add(FirstWait-time.Second), noon.Add(LastWait)
			if _, effects := Step(state, Tick{Now: early}); slices.ContainsFunc(effects, is[Refresh]) {
				t.Errorf("%s: try %d comes at once", s.name, try)
			}
			due := state.KeysMissing || state.Current.SignedIn() && !later.Before(state.Current.RefreshAt)
			_, effects := Step(after(state, Tick{Now: later}), Tick{Now: later})
			if due != slices.ContainsFunc(effects, is[Refresh]) {
				t.Errorf("%s: try %d, five minutes later: %s", s.name, try, list(effects))
			}
		}
	}
}

// An alarm rings no earlier than needed and something happens when it does,
// whatever the clock did before.
func TestR7TheWallClockDecides(t *testing.T) {
	for _, s := range states() {
		for _, jump := range []time.Duration{-48 * time.Hour, -2 * time.Hour, 0, 30 * time.Minute, 72 * time.Hour} {
			now := noon.Add(jump)
			state, at := nextAlarm(t, s.State, now)
			if at.IsZero() {
				continue
			}
			if !at.After(now) {
				t.Errorf("%s at %v: the alarm is set to the past, %v", s.name, now, at)
			}
			if _, effects := Step(state, Tick{Now: at}); slices.ContainsFunc(effects, is[WakeAt]) {
				t.Errorf("%s at %v: nothing happens at %v", s.name, now, at)
			}
		}
	}
	waiting := after(State{}, KeysMissing{}, failed)
	if _, at := nextAlarm(t, waiting, noon.Add(-2*time.Hour)); at.Sub(noon.Add(-2*time.Hour)) > LastWait {
		t.Errorf("after the clock was set back the next try is at %v", at)
	}
}

// nextAlarm performs what is due, with refreshes that fail, until there is nothing
// but an alarm to wait for.
func nextAlarm(t *testing.T, s State, now time.Time) (State, time.Time) {
	for range 10 {
		var effects []Effect
		s, effects = Step(s, Tick{Now: now})
		for _, e := range effects {
			switch e := e.(type) {
			case WakeAt:
				return s, e.At
			case Refresh:
				s, _ = Step(s, RefreshEnded{Now: now, Result: Failed, Err: errDown})
			}
		}
	}
	t.Fatal("there is always something to do at once")
	return s, time.Time{}
}

// The table has each input, and each effect follows from one.
func TestTheTableIsWhole(t *testing.T) {
	seen := map[string]bool{}
	all(func(_ string, _ State, in Input, _ State, effects []Effect) {
		seen[reflect.TypeOf(in).Name()] = true
		for _, e := range effects {
			seen[reflect.TypeOf(e).Name()] = true
		}
	})
	for file, method := range map[string]string{"input.go": "apply", "effect.go": "effect"} {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range regexp.MustCompile(`(?m)^func \((?:in )?(\w+)\) `+method).FindAllStringSubmatch(string(data), -1) {
			if !seen[m[1]] {
				t.Errorf("%s is not in the table", m[1])
			}
		}
	}
}
