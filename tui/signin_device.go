package tui

import (
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/page"
)

// startDevice opens the box of a sign-in by a code on another device.
func (r *Root) startDevice() tea.Cmd {
	b := r.openSignIn()
	b.byDevice = true
	return func() tea.Msg {
		d, err := b.device.BeginDevice(b.ctx)
		if err != nil {
			return signInEnded{b, session.Session{}, err}
		}
		return deviceBegun{b, d, deviceFacts{d.Code(), d.Address(), d.Complete(), d.Note(), d.Deadline()}}
	}
}

type deviceFacts struct {
	code, address, complete, note string
	deadline                      time.Time
}

// deviceBegun tells that there is a code to enter.
type deviceBegun struct {
	box    *signInBox
	device Device
	deviceFacts
}

func (m deviceBegun) apply(r *Root) tea.Cmd {
	b := m.box
	if r.signIn() != b {
		return nil // Its context has ended, and nothing else is held.
	}
	b.stage, b.code, b.url, b.complete = waiting, m.code, m.address, m.complete
	b.deadline = m.deadline
	b.hinted(m.note)
	b.left = b.deadline.Sub(r.env.Now())
	return tea.Batch(b.wait(m.device), r.second(b))
}

// instead gives this attempt up for one of the other kind.
func (r *Root) instead(b *signInBox, start func() tea.Cmd) tea.Cmd {
	a := b.attempt
	r.close(b)
	if a == nil {
		return start()
	}
	return tea.Batch(func() tea.Msg { a.Cancel(); return nil }, start())
}

// again starts anew what has failed.
func (r *Root) again(b *signInBox) tea.Cmd {
	if b.byDevice {
		return r.instead(b, r.startDevice)
	}
	return r.instead(b, r.startAttempt)
}

// scanned is the address that a QR code leads to.
func (b *signInBox) scanned() string {
	if b.complete != "" {
		return b.complete
	}
	return b.url
}

// deviceWords writes what to do on the other device.
func (b *signInBox) deviceWords(r *Root, ink *writer, w, urlLines int, gap func()) {
	t := r.env.Theme
	para := func(text string) {
		for _, line := range page.Wrap(text, w) {
			ink.line(span{line, t.Text, 0})
		}
	}
	para("On your phone or another computer, open this address:")
	b.address(r, ink, w, urlLines)
	gap()
	para("and enter this code there:")
	ink.line(span{cell.Cut(session.Clean(b.code, 40), w), t.Accent, cell.Bold})
	gap()
	para("This box closes by itself once you are done.")
}

// aside is a QR code beside the words of the box.
type aside struct {
	lines []string
	w     int
}

// besides gives the QR code of a device sign-in where width by h cells have
// room for it and 30 cells of words.
func (b *signInBox) besides(r *Root, width, h int) aside {
	if !b.byDevice || b.stage != waiting || r.o.QR == nil || b.ascii {
		return aside{}
	}
	lines := r.o.QR(b.scanned())
	w := widest(lines)
	if w == 0 || width-w < 30+9 || len(lines)+2 > h {
		return aside{}
	}
	return aside{lines, w}
}

func (a aside) draw(r *Root, g *cell.Grid) {
	if a.w > 0 {
		r.drawQR(g, g.W-2-a.w, 1, a.lines)
	}
}

// height is that of a box with words of n lines and this beside them.
func (a aside) height(n int) int {
	if a.w == 0 {
		return n
	}
	return max(n, len(a.lines)+2)
}
