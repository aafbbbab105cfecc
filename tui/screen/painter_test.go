package screen

import (
	"errors"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
)

// A gate is a terminal that takes a write only when it is let.
type gate struct {
	let   chan error
	wrote chan string
}

func newGate() *gate { return &gate{make(chan error), make(chan string, 100)} }

func (g *gate) Write(b []byte) (int, error) {
	g.wrote <- string(b)
	return len(b), <-g.let
}

// draw submits a frame of some words.
func (p *painter) draw(text string) {
	p.grid().SetANSI(text)
	p.submit(true, "")
}

func TestASlowTerminalGetsTheNewestFrameAndHoldsUpNobody(t *testing.T) {
	term, asked := newGate(), make(chan struct{}, 10)
	p := newPainter(term, NewGuard(), func() { asked <- struct{}{} }, func(error) {})
	p.w, p.h = 10, 1
	if !p.claim() {
		t.Fatal("a painter with nothing to do cannot be claimed")
	}
	p.draw("first")
	if !strings.Contains(<-term.wrote, "first") {
		t.Error("the first frame is not written")
	}
	for range 1000 { // nothing waits, nothing piles up
		if p.claim() {
			t.Fatal("a busy painter can be claimed")
		}
	}
	term.let <- nil
	<-asked
	if len(asked) > 0 {
		t.Error("the painter asks more than once")
	}
	if !p.claim() {
		t.Fatal("a painter that asks cannot be claimed")
	}
	p.draw("last")
	if !strings.Contains(<-term.wrote, "last") {
		t.Error("the newest frame is not written")
	}
	term.let <- nil
	p.settle(time.Second, time.Second)
	p.close()
	<-p.done
	if len(asked) > 0 || len(term.wrote) > 0 {
		t.Error("a painter with nothing to do does something")
	}
}

func TestFramesKeepTheirDistance(t *testing.T) {
	term, asked := newGate(), make(chan struct{}, 10)
	p := newPainter(term, NewGuard(), func() { asked <- struct{}{} }, func(error) {})
	p.w, p.h = 10, 1
	p.claim()
	p.draw("one")
	<-term.wrote
	term.let <- nil
	p.settle(time.Second, time.Second)
	p.mu.Lock()
	p.next = time.Now().Add(time.Hour) // as if the frame had just been shown
	p.mu.Unlock()
	for range 2 {
		if p.claim() {
			t.Error("a second frame can be claimed at once")
		}
	}
	p.mu.Lock()
	if p.alarm == nil || !p.dirty {
		t.Error("nobody will ask when the time has come")
	}
	p.mu.Unlock()
	p.close()
}

func TestEqualFramesAreNotHandedOver(t *testing.T) {
	term := newGate()
	p := newPainter(term, NewGuard(), func() {}, func(error) {})
	p.w, p.h = 10, 1
	p.claim()
	p.draw("same")
	<-term.wrote
	term.let <- nil
	p.settle(time.Second, time.Second)
	p.next = time.Time{}
	if p.claim(); p.busy {
		p.draw("same")
	}
	if p.busy || len(term.wrote) > 0 {
		t.Error("an equal frame was handed over")
	}
	p.pending = []byte("\x1b]52;c;eA==\x07")
	p.claim()
	p.draw("same")
	if got := <-term.wrote; got != "\x1b]52;c;eA==\x07" {
		t.Errorf("with something to add, %q is written", got)
	}
	term.let <- nil
	p.settle(time.Second, time.Second)
	p.close()
}

func TestAFailedWriteEndsPainting(t *testing.T) {
	term, gone := newGate(), make(chan error, 1)
	p := newPainter(term, NewGuard(), func() {}, func(err error) { gone <- err })
	p.w, p.h = 10, 1
	p.claim()
	p.draw("x")
	<-term.wrote
	want := errors.New("input/output error")
	term.let <- want
	if err := <-gone; !errors.Is(err, want) {
		t.Errorf("told %v", err)
	}
	if p.claim() || p.settle(time.Millisecond, time.Millisecond) {
		t.Error("a terminal that is gone can be painted on")
	}
}

func TestThrottle(t *testing.T) {
	now := time.Unix(0, 0)
	var later []time.Duration
	ready := true
	th := throttle{
		now: func() time.Time { return now }, later: func(d time.Duration) { later = append(later, d) },
		ready: func() bool { return ready }, hover: true,
	}
	at := func(x int) tea.MouseMsg { return tea.MouseMsg{X: x, Action: tea.MouseActionMotion} }
	wheel := func(b tea.MouseButton) tea.MouseMsg { return tea.MouseMsg{Button: b, Action: tea.MouseActionPress} }

	if th.filter(at(1)) != tea.Msg(at(1)) {
		t.Error("the first motion is held back")
	}
	for x := 2; x < 50; x++ {
		if th.filter(at(x)) != nil {
			t.Error("a fast motion goes on")
		}
	}
	if len(later) != 1 || later[0] != mouseTime {
		t.Errorf("the held motion is due after %v", later)
	}
	now = now.Add(mouseTime)
	if got := th.filter(motionMsg{}); got != tea.Msg(at(49)) {
		t.Errorf("when its time has come, %v arrives, want the latest", got)
	}
	if th.filter(motionMsg{}) != nil {
		t.Error("a motion arrives twice")
	}
	now, ready = now.Add(mouseTime), false
	if th.filter(at(51)) != nil || th.filter(at(52)) != nil {
		t.Error("a motion goes on while the frame of the one before is under way")
	}
	ready = true
	if got := th.filter(paintMsg{}); got != tea.Msg(at(52)) {
		t.Errorf("when a frame can be made, %v arrives, want the latest motion", got)
	}
	if got := th.filter(paintMsg{}); got != tea.Msg(paintMsg{}) {
		t.Errorf("without a motion, a frame that can be made is %v", got)
	}
	th.filter(at(60))
	release := tea.MouseMsg{X: 60, Action: tea.MouseActionRelease}
	if th.filter(release) != tea.Msg(release) || th.filter(motionMsg{}) != nil {
		t.Error("a release must go on at once, and the motion before it no more")
	}
	if th.filter(wheel(tea.MouseButtonWheelUp)) == nil || th.filter(wheel(tea.MouseButtonWheelUp)) != nil {
		t.Error("of two fast turns of the wheel, one goes on")
	}
	if th.filter(wheel(tea.MouseButtonWheelDown)) == nil {
		t.Error("a turn in the other direction goes on")
	}
	if th.filter(tea.KeyMsg{Type: tea.KeyEnter}) == nil {
		t.Error("keys go on")
	}
	th.filter(at(70))
	th.filter(tea.MouseMsg{X: 71, Button: tea.MouseButtonWheelDown})
	now = now.Add(mouseTime)
	if got, _ := th.filter(motionMsg{}).(tea.MouseMsg); got.X != 71 {
		t.Errorf("after a turn of the wheel at 71, a motion to %d arrives", got.X)
	}
	th.filter(at(80))
	th.hover, now = false, now.Add(mouseTime)
	drag := tea.MouseMsg{X: 82, Action: tea.MouseActionMotion, Button: tea.MouseButtonLeft}
	if th.filter(motionMsg{}) != nil || th.filter(at(81)) != nil || th.filter(drag) != tea.Msg(drag) {
		t.Error("of motion that nobody asked for, only that with a button goes on")
	}
}

func TestBackground(t *testing.T) {
	tests := map[string]struct {
		osc      string
		dark, ok bool
	}{
		"four digits, dark":  {"11;rgb:0e0e/1111/1717", true, true},
		"four digits, light": {"11;rgb:ffff/ffff/ffff", false, true},
		"two digits":         {"11;rgb:fa/fa/fa", false, true},
		"one digit":          {"11;rgb:1/1/1", true, true},
		"with opacity":       {"11;rgba:0000/0000/0000/ffff", true, true},
		"blue is dark":       {"11;rgb:0000/0000/ffff", true, true},
		"yellow is light":    {"11;rgb:ffff/ffff/0000", false, true},
		"the foreground":     {"10;rgb:ffff/ffff/ffff", false, false},
		"too few colours":    {"11;rgb:ffff/ffff", false, false},
		"no number":          {"11;rgb:zz/zz/zz", false, false},
		"empty":              {"11;rgb://", false, false},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if dark, ok := darkBackground(tt.osc); dark != tt.dark || ok != tt.ok {
				t.Errorf("got %v %v", dark, ok)
			}
		})
	}
}

func TestWhichTerminalsAreAsked(t *testing.T) {
	tests := map[string]struct {
		env  map[string]string
		want bool
	}{
		"vt100":          {map[string]string{"TERM": "vt100"}, false},
		"a serial line":  {map[string]string{"TERM": "vt220"}, false},
		"vte":            {map[string]string{"TERM": "vte-256color"}, true},
		"xterm":          {map[string]string{"TERM": "xterm-256color"}, true},
		"dumb":           {map[string]string{"TERM": "dumb"}, false},
		"linux console":  {map[string]string{"TERM": "linux"}, false},
		"none":           {nil, false},
		"GNU screen":     {map[string]string{"TERM": "screen-256color", "STY": "1.tty"}, false},
		"screen unnamed": {map[string]string{"TERM": "screen"}, false},
		"tmux":           {map[string]string{"TERM": "screen-256color", "TMUX": "/tmp/x"}, true},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if got := asks(func(k string) string { return tt.env[k] }); got != tt.want {
				t.Errorf("got %v", got)
			}
		})
	}
}
