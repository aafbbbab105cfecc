package fault

import (
	"errors"
	"runtime/debug"
	"strings"
	"testing"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

type caught struct {
	value any
	stack string
}

func handled(t *testing.T) <-chan caught {
	t.Helper()
	got := make(chan caught, 1)
	t.Cleanup(Handle(func(value any) { got <- caught{value, string(debug.Stack())} }))
	return got
}

func thisPanics() { panic("in a goroutine") }

func TestAPanicInAGoroutineReachesTheHandlerWithItsStack(t *testing.T) {
	got := handled(t)
	Go(thisPanics)
	if c := <-got; c.value != "in a goroutine" || !strings.Contains(c.stack, "thisPanics") {
		t.Errorf("got %v with\n%s", c.value, c.stack)
	}
}

func TestAGuardedFunctionGivesWhatItsFunctionGives(t *testing.T) {
	got := handled(t)
	wrong := errors.New("wrong")
	if n, err := Guarded(func() (int, error) { return 7, wrong })(); n != 7 || err != wrong {
		t.Errorf("got %d, %v", n, err)
	}
	if n, err := Guarded(func() (int, error) { thisPanics(); return 7, nil })(); n != 0 || err != nil {
		t.Errorf("after a panic: %d, %v", n, err)
	}
	if c := <-got; c.value != "in a goroutine" {
		t.Errorf("handled %v", c.value)
	}
}

func TestWithoutAHandlerThePanicGoesOn(t *testing.T) {
	if handler.Load() != nil {
		t.Fatal("there is a handler")
	}
	defer func() {
		if value := recover(); value != "in a goroutine" {
			t.Errorf("recovered %v", value)
		}
	}()
	func() {
		defer Recover()
		thisPanics()
	}()
}

func TestOneHandlerAtATime(t *testing.T) {
	outer := handled(t)
	inner := make(chan any, 1)
	undo := Handle(func(value any) { inner <- value })
	Go(thisPanics)
	<-inner
	undo()
	Go(thisPanics)
	<-outer
}
