package signin

import (
	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/auth/session"
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
		return begun{r, d, nil, facts{url: d.Address(), code: d.Code(), complete: d.Complete(), note: d.Note(), deadline: d.Deadline()}}
	}
}

// instead gives this sign-in up for one of the other kind.
func (b *Box) instead(start func() tea.Cmd) tea.Cmd { return tea.Batch(b.Close(), start()) }

// again starts what has failed once more.
func (b *Box) again() tea.Cmd {
	if b.byDevice {
		return b.instead(b.startDevice)
	}
	played := b.played
	return b.instead(func() tea.Cmd { return b.startAs(played) })
}
