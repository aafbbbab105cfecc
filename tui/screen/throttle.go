package screen

import (
	"time"

	tea "github.com/charmbracelet/bubbletea"
)

// mouseTime is the least time between two motions, or two turns of the wheel
// in one direction.
const mouseTime = 16 * time.Millisecond

// A throttle thins out mouse messages. Of motions the latest is never lost:
// it is held back and comes when its time is due. Turns of the wheel that
// come too fast are dropped.
type throttle struct {
	now    func() time.Time
	later  func(time.Duration) // sends a motionMsg after a while
	motion time.Time
	wheel  time.Time
	button tea.MouseButton // the wheel's last direction
	held   *tea.MouseMsg
}

// filter gives the message to go on with, or nil.
func (t *throttle) filter(msg tea.Msg) tea.Msg {
	switch msg := msg.(type) {
	case motionMsg:
		if t.held == nil {
			return nil
		}
		held := *t.held
		t.held, t.motion = nil, t.now()
		return held
	case tea.MouseMsg:
		return t.mouse(msg)
	}
	return msg
}

func (t *throttle) mouse(msg tea.MouseMsg) tea.Msg {
	now := t.now()
	switch {
	case msg.Action == tea.MouseActionMotion:
		wait := mouseTime - now.Sub(t.motion)
		if t.held != nil {
			t.held = &msg
			return nil
		}
		if wait > 0 {
			t.held = &msg
			t.later(wait)
			return nil
		}
		t.motion = now
		return msg
	case tea.MouseEvent(msg).IsWheel():
		if msg.Button == t.button && now.Sub(t.wheel) < mouseTime {
			return nil
		}
		t.wheel, t.button = now, msg.Button
		return msg
	}
	t.held = nil // a press or release tells its own place
	return msg
}
