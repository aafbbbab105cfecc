package signin

import (
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/tui/box"
	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/theme"
)

// startDevice begins a sign-in by a code on another device.
func (b *Box) startDevice() tea.Cmd {
	r, device := b.begin(), b.device
	r.byDevice = true
	return func() tea.Msg {
		d, err := device.BeginDevice(r.ctx)
		if err != nil {
			return ended{r, session.Session{}, err}
		}
		return deviceBegun{r, d, deviceFacts{d.Code(), d.Address(), d.Complete(), d.Note(), d.Deadline()}}
	}
}

type deviceFacts struct {
	code, address, complete, note string
	deadline                      time.Time
}

// deviceBegun tells that there is a code to enter.
type deviceBegun struct {
	*run
	device Device
	facts  deviceFacts
}

func (m deviceBegun) apply(b *Box) (tea.Cmd, Progress) {
	b.stage, b.code, b.url, b.complete = waiting, m.facts.code, m.facts.address, m.facts.complete
	b.deadline = m.facts.deadline
	b.hint(m.facts.note)
	b.left = b.deadline.Sub(b.Env.Now())
	return tea.Batch(b.wait(m.device), b.tick()), Same
}

// instead gives this sign-in up for one of the other kind.
func (b *Box) instead(start func() tea.Cmd) tea.Cmd { return tea.Batch(b.Close(), start()) }

// again starts anew what has failed.
func (b *Box) again() tea.Cmd {
	if b.byDevice {
		return b.instead(b.startDevice)
	}
	return b.instead(b.Start)
}

// scanned is the address that a QR code leads to.
func (r *run) scanned() string {
	if r.complete != "" {
		return r.complete
	}
	return r.url
}

// deviceWords writes what to do on the other device.
func (b *Box) deviceWords(ink *box.Lines, w, urlLines int, gap func()) {
	t := b.Env.Theme
	ink.Wrap("On your phone or another computer, open this address:", w, t.Text, 0)
	b.address(ink, w, urlLines)
	gap()
	ink.Wrap("and enter this code there:", w, t.Text, 0)
	ink.Add(box.Span{Text: cell.Cut(session.Clean(b.code, 40), w), Color: t.Accent, Attr: cell.Bold})
	gap()
	ink.Wrap("This box closes by itself once you are done.", w, t.Text, 0)
}

// aside is a QR code beside the words of the box.
type aside struct {
	lines []string
	w     int
}

// besides gives the QR code of a device sign-in where width by h cells have
// room for it and 30 cells of words.
func (b *Box) besides(width, h int) aside {
	if !b.byDevice || b.stage != waiting || b.QR == nil || b.ascii() {
		return aside{}
	}
	lines := b.QR(b.scanned())
	w := widest(lines)
	if w == 0 || width-w < 30+9 || len(lines)+2 > h {
		return aside{}
	}
	return aside{lines, w}
}

func (a aside) draw(t *theme.Theme, g *cell.Grid) {
	if a.w > 0 {
		drawQR(t, g, g.W-2-a.w, 1, a.lines)
	}
}

// height is that of a box with words of n lines and this beside them.
func (a aside) height(n int) int {
	if a.w == 0 {
		return n
	}
	return max(n, len(a.lines)+2)
}
