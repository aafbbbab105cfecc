package screen

import (
	"time"

	tea "github.com/charmbracelet/bubbletea"
)

// mouseTime is the least time between two motions, or two turns of the wheel
// in one direction.
const mouseTime = 16 * time.Millisecond

// A throttle thins out mouse messages. Of motions the latest is never lost:
// it is held back while the frame of the one before is not out, and for
// mouseTime. Turns of the wheel that come too fast are dropped. Motion
// without a button that nobody asked for, as Windows sends it always, is
// dropped as well.
type throttle struct {
	now    func() time.Time
	later  func(time.Duration) // sends a motionMsg after a while
	ready  func() bool         // a frame can be made; if not, a paintMsg comes when it can
	hover  bool                // motion without a button is wanted
	motion time.Time
	wheel  time.Time
	button tea.MouseButton // the wheel's last direction
	held   *tea.MouseMsg
}

// filter gives the message to go on with, or nil.
func (t *throttle) filter(msg tea.Msg) tea.Msg {
	switch msg := msg.(type) {
	case motionMsg:
		return t.release(nil)
	case paintMsg:
		return t.release(msg)
	case tea.MouseMsg:
		return t.mouse(msg)
	}
	return msg
}

func (t *throttle) mouse(msg tea.MouseMsg) tea.Msg {
	now := t.now()
	switch {
	case msg.Action == tea.MouseActionMotion:
		if msg.Button == tea.MouseButtonNone && !t.hover {
			return nil
		}
		first := t.held == nil
		t.held = &msg
		if wait := mouseTime - now.Sub(t.motion); first && wait > 0 {
			t.later(wait)
		} else if first {
			return t.release(nil)
		}
		return nil
	case tea.MouseEvent(msg).IsWheel():
		if t.held != nil { // what comes later must not point to an older place
			t.held.X, t.held.Y = msg.X, msg.Y
		}
		if msg.Button == t.button && now.Sub(t.wheel) < mouseTime {
			return nil
		}
		t.wheel, t.button = now, msg.Button
		return msg
	}
	t.held = nil // a press or release tells its own place
	return msg
}

// release gives the motion that was held back if it is due, else otherwise.
func (t *throttle) release(otherwise tea.Msg) tea.Msg {
	if t.held != nil && !t.hover && t.held.Button == tea.MouseButtonNone {
		t.held = nil
	}
	now := t.now()
	if t.held == nil || now.Sub(t.motion) < mouseTime || !t.ready() {
		return otherwise
	}
	held := *t.held
	t.held, t.motion = nil, now
	return held
}
